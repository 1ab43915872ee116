package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.ops.Database;
import io.patrolagent.common.page.ReportView;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.TrendPoint;
import io.patrolagent.reportsink.ReportStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patrol show}: one report, whole, in the format and on the clock of its reader. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Prints a report. Without PATROL_DATABASE_URL it reads the database of 'patrol up'.")
final class ShowCommand implements Callable<Integer> {

  private static final int TREND = 14;

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "ID", description = "the patrol's id")
  private String id = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: text")
  private @Nullable ReportFormat format;

  @Option(names = "--json", description = "the same as --format json")
  private boolean json;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "the reader's time zone, such as Europe/Berlin; default: ${DEFAULT-VALUE}")
  private ZoneId zone = ZoneId.of("UTC");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write it there, in UTF-8, and nothing to standard output")
  private @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    PatrolId patrol = parse();
    ReportFormat chosen = chosen();
    try (Database database = Connections.database(terminal)) {
      ReportStore store = new ReportStore(database.jdbi());
      PatrolReport report =
          store
              .find(patrol)
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "there is no report of patrol "
                              + patrol
                              + "; it may still be under way, 'patrol list' shows what there is"));
      List<TrendPoint> trend = report.status().isReport() ? store.trend(report, TREND) : List.of();
      print(chosen.render(new ReportView(report, trend, zone)));
      return PatrolCommand.OK;
    }
  }

  private ReportFormat chosen() {
    if (json && format != null && format != ReportFormat.JSON) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--json and --format " + format + " exclude each other");
    }
    return json ? ReportFormat.JSON : format == null ? ReportFormat.TEXT : format;
  }

  private void print(String page) throws IOException {
    if (output != null) {
      Files.writeString(output, page);
      return;
    }
    byte[] bytes = page.getBytes(UTF_8);
    terminal.out().write(bytes, 0, bytes.length);
    terminal.out().flush();
  }

  private PatrolId parse() {
    try {
      return PatrolId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
