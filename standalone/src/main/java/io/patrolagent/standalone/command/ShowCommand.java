package io.patrolagent.standalone.command;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.page.ReportMarkdown;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.reportsink.ReportStore;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patrol show}: one report, whole. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Prints a report. Without PATROL_DATABASE_URL it reads the database of 'patrol up'.")
final class ShowCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "ID", description = "the patrol's id")
  private String id = "";

  @Option(names = "--json", description = "print the row as JSON")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    PatrolId patrol = parse();
    try (Database database = Connections.database(terminal)) {
      PatrolReport report =
          new ReportStore(database.jdbi())
              .find(patrol)
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "there is no report of patrol "
                              + patrol
                              + "; it may still be under way, 'patrol list' shows what there is"));
      terminal
          .out()
          .println(
              json
                  ? EventCodec.mapper().writeValueAsString(report)
                  : ReportMarkdown.render(report).stripTrailing());
      return PatrolCommand.OK;
    }
  }

  private PatrolId parse() {
    try {
      return PatrolId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
