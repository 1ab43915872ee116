package io.patrolagent.standalone.command;

import io.patrolagent.common.ops.Database;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.reportsink.ReportStore;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patrol list}: the latest reports, a line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Lists the latest reports. Without PATROL_DATABASE_URL it reads the database of 'patrol"
            + " up'.")
final class ListCommand implements Callable<Integer> {

  private static final String LINE = "%-36s  %-9s  %-9s  %-20s  %7s  %s%n";

  private final Terminal terminal;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "at most so many; default: ${DEFAULT-VALUE}")
  private int limit;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    try (Database database = Connections.database(terminal)) {
      List<PatrolReport> reports = new ReportStore(database.jdbi()).latest(limit);
      if (reports.isEmpty()) {
        throw new NotFoundException("there are no reports yet");
      }
      terminal.out().printf(LINE, "ID", "TYPE", "STATUS", "FINISHED", "FLAGGED", "TRIGGERED BY");
      reports.forEach(this::print);
      return PatrolCommand.OK;
    }
  }

  private void print(PatrolReport report) {
    ReportType type = report.reportType();
    terminal
        .out()
        .printf(
            LINE,
            report.reportId(),
            type == null ? "unknown" : type.wireName(),
            report.status().wireName(),
            report.finishedAt().truncatedTo(ChronoUnit.SECONDS),
            report.flaggedClusters().size(),
            oneLine(report.triggeredBy() == null ? "unknown" : report.triggeredBy()));
  }

  /** What a stranger wrote, without what could steer a terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
