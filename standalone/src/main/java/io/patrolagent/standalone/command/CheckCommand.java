package io.patrolagent.standalone.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.stage.Party;
import io.patrolagent.standalone.check.CheckResult;
import io.patrolagent.standalone.check.CheckRun;
import io.patrolagent.standalone.check.InstallationChecks;
import io.patrolagent.standalone.progress.Progress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patrol check}: what works and what does not. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the configuration, Kafka, each topic, the principal's rights, the database, its roles"
          + " and tables, every SQL file, the prompts, and every model provider with one tiny call"
          + " (some ten tokens). It changes nothing. Exit status 0 if nothing failed, else 1.",
      "Without PATROL_KAFKA_BOOTSTRAP_SERVERS or PATROL_DATABASE_URL it asks those of 'patrol up'."
    })
final class CheckCommand implements Callable<Integer> {

  private static final Set<Party> STAGES =
      EnumSet.of(Party.AGGREGATOR, Party.AGENT_RUNNER, Party.REPORT_SINK, Party.SCHEDULER);

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Option(
      names = "--as",
      paramLabel = "SERVICE",
      description =
          "check what this service needs, with its variables: aggregator, agent-runner, report-sink"
              + " or scheduler; may be repeated. Without it: what one process of all stages needs")
  private List<String> services = List.of();

  @Option(names = "--no-model-calls", description = "leave the providers out")
  private boolean withoutModelCalls;

  @Option(names = "--json", description = "print a JSON array")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Set<Party> parties = parties();
    try (Progress progress = terminal.progress();
        CheckRun run = new CheckRun(progress::phase)) {
      new InstallationChecks(variables(), parties, !withoutModelCalls).in(run);
      progress.close();
      if (json) {
        terminal.out().println(json(run.results()));
      } else {
        run.results().forEach(this::print);
      }
      return run.allFine() ? PatrolCommand.OK : PatrolCommand.FAILED;
    }
  }

  private Set<Party> parties() {
    if (services.isEmpty()) {
      return STAGES;
    }
    Set<Party> chosen = EnumSet.noneOf(Party.class);
    for (String service : services) {
      chosen.add(
          Party.of(service)
              .filter(STAGES::contains)
              .orElseThrow(
                  () ->
                      new CommandLine.ParameterException(
                          command.commandLine(),
                          "--as: there is no service " + service + "; services are " + STAGES)));
    }
    return chosen;
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(terminal.variables());
    variables.putIfAbsent(
        Setting.KAFKA_BOOTSTRAP_SERVERS.variable(), "127.0.0.1:" + UpCommand.KAFKA_PORT);
    if (!terminal.isSet(Setting.DATABASE_URL)) {
      variables.put(
          Setting.DATABASE_URL.variable(),
          "jdbc:postgresql://127.0.0.1:" + UpCommand.POSTGRES_PORT + "/postgres");
      variables.put(Setting.DATABASE_USER.variable(), "postgres");
    }
    return variables;
  }

  private void print(CheckResult result) {
    terminal
        .out()
        .printf(
            "%-8s %-40s %s%n",
            result.status().name().toLowerCase(Locale.ROOT), result.name(), result.detail());
    if (result.remedy() != null) {
      terminal.out().printf("%-8s %-40s → %s%n", "", "", result.remedy());
    }
  }

  private static ArrayNode json(List<CheckResult> results) {
    ArrayNode array = EventCodec.mapper().createArrayNode();
    for (CheckResult result : results) {
      ObjectNode node = array.addObject();
      node.put("name", result.name());
      node.put("status", result.status().name().toLowerCase(Locale.ROOT));
      node.put("detail", result.detail());
      node.put("remedy", result.remedy());
    }
    return array;
  }
}
