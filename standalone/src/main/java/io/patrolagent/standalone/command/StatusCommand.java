package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.standalone.progress.StatusText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patrol status}: where patrols are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the patrols that are under way, overdue ones first, and those that ended within 24"
          + " hours; with an ID all that is known of that one.",
      "Without PATROL_KAFKA_BOOTSTRAP_SERVERS it reads the Kafka of 'patrol up'."
    })
final class StatusCommand implements Callable<Integer> {

  private static final Duration SHOWN = Duration.ofHours(24);
  private static final String LINE = "%-36s  %-9s  %-20s  %-20s  %-20s  %s%n";

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "the patrol's id")
  private @Nullable String id;

  @Option(names = "--json", description = "print patrol.status events, one on each line")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    PatrolId patrol = id == null ? null : parse(id);
    try (PatrolClient client = Connections.client(terminal)) {
      if (patrol == null) {
        printAll(client.statuses());
      } else {
        print(
            client
                .status(patrol)
                .orElseThrow(
                    () ->
                        new NotFoundException(
                            "nothing is known of patrol "
                                + patrol
                                + "; 'patrol status' shows the latest, 'patrol list' the reports")));
      }
      return PatrolCommand.OK;
    }
  }

  private void printAll(List<PatrolStatus> all) throws NotFoundException {
    Instant shown = Instant.now().minus(SHOWN);
    List<PatrolStatus> statuses =
        all.stream()
            .filter(
                status -> status.state() != State.FINISHED || !status.updatedAt().isBefore(shown))
            .sorted(
                Comparator.comparing(PatrolStatus::overdue)
                    .reversed()
                    .thenComparing(status -> status.state() == State.FINISHED)
                    .thenComparing(PatrolStatus::updatedAt, Comparator.reverseOrder())
                    .thenComparing(PatrolStatus::patrolId))
            .toList();
    if (statuses.isEmpty()) {
      throw new NotFoundException(
          "no patrol is under way, and none ended within the last 24 hours");
    }
    if (json) {
      statuses.forEach(this::printJson);
      return;
    }
    terminal.out().printf(LINE, "ID", "TYPE", "SINCE", "TRIGGERED BY", "RUN BY", "STATE");
    statuses.forEach(this::printLine);
  }

  private void printLine(PatrolStatus status) {
    terminal
        .out()
        .printf(
            LINE,
            status.patrolId(),
            status.reportType() == null ? "unknown" : status.reportType().wireName(),
            status.updatedAt().truncatedTo(ChronoUnit.SECONDS),
            text(status.triggeredBy()),
            text(status.runBy()),
            oneLine(StatusText.of(status)));
  }

  private void print(PatrolStatus status) {
    if (json) {
      printJson(status);
      return;
    }
    field("patrol", status.patrolId());
    field("type", status.reportType() == null ? null : status.reportType().wireName());
    field("state", StatusText.of(status));
    field("triggered by", status.triggeredBy());
    field("run by", status.runBy());
    field("requested at", status.requestedAt());
    field("due at", status.dueAt());
    field("expires at", status.expiresAt());
    field("snapshot at", status.snapshotAt());
    field("started at", status.startedAt());
    field("finished at", status.finishedAt());
    field("updated at", status.updatedAt());
    field("rounds", status.round() == 0 ? null : status.round());
    field("retry of", status.retryOf());
    field("shared with", status.sharedWith());
    field("reason", status.reason());
  }

  private void field(String name, @Nullable Object value) {
    if (value != null) {
      terminal.out().printf("%-14s %s%n", name, oneLine(value.toString()));
    }
  }

  private void printJson(PatrolStatus status) {
    terminal.out().println(new String(EventCodec.encode(status), UTF_8));
  }

  private static String text(@Nullable String value) {
    return value == null ? "-" : oneLine(value);
  }

  /** What a stranger wrote, without what could steer a terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private PatrolId parse(String text) {
    try {
      return PatrolId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
