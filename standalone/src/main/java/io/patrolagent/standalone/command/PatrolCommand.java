package io.patrolagent.standalone.command;

import io.patrolagent.common.client.PatrolClientException;
import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.embedded.EmbeddedStartException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code patrol}, and how what goes wrong below it becomes an exit status. */
@Command(
    name = "patrol",
    mixinStandardHelpOptions = true,
    versionProvider = PatrolCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Patrols a fleet of database clusters and leaves one report per trigger.",
    footer = {
      "",
      "Whatever is not configured by PATROL_… variables is embedded: without any, 'patrol run'"
          + " starts",
      "Kafka and PostgreSQL, loads a demo fleet and patrols that.",
      "",
      "Exit status: 0 a report was made, 1 the patrol failed or nothing was found, 2 wrong usage"
          + " or",
      "configuration."
    })
public final class PatrolCommand {

  /** A report was made, or what was asked for was done. */
  static final int OK = 0;

  /** The patrol failed, or nothing was found. */
  static final int FAILED = 1;

  /** Wrong usage or configuration. */
  static final int USAGE = 2;

  private PatrolCommand() {}

  /** Runs a command line and returns its exit status. */
  public static int run(
      Map<String, String> variables, PrintStream out, PrintStream err, String... args) {
    Terminal terminal = new Terminal(variables, out, err);
    terminal.quietLogs();
    return new CommandLine(new PatrolCommand())
        .addSubcommand(new RunCommand(terminal))
        .addSubcommand(new UpCommand(terminal))
        .addSubcommand(new ServeCommand(terminal))
        .addSubcommand(new TriggerCommand(terminal))
        .addSubcommand(new CancelCommand(terminal))
        .addSubcommand(new ScheduleCommand(terminal))
        .addSubcommand(new FollowCommand(terminal))
        .addSubcommand(new StatusCommand(terminal))
        .addSubcommand(new ListCommand(terminal))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new TranscriptCommand(terminal))
        .addSubcommand(new TopicsCommand(terminal))
        .addSubcommand(new CheckCommand(terminal))
        .addSubcommand(new MigrationsCommand(terminal))
        .addSubcommand(DeadLetterCommand.of(terminal))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((e, line, result) -> explain(terminal, e))
        .execute(args);
  }

  private static int explain(Terminal terminal, Exception e) {
    if (e instanceof ConfigurationException) {
      terminal.err().println("patrol: " + e.getMessage());
      return USAGE;
    }
    terminal.err().println("patrol: " + e.getMessage());
    boolean explained =
        e instanceof PatrolClientException
            || e instanceof EmbeddedStartException
            || e instanceof TimeoutException
            || e instanceof NotFoundException;
    if (!explained) {
      LoggerFactory.getLogger(PatrolCommand.class).error("unexpected", e);
    }
    return FAILED;
  }

  /** The version that the jar says it is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = PatrolCommand.class.getPackage().getImplementationVersion();
      return new String[] {"patrol " + (version == null ? "(not packaged)" : version)};
    }
  }
}
