package io.patrolagent.standalone.command;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patrol cancel}: ends a patrol at its next step. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Ends a patrol at its next step, and whatever model call is under way at once.",
      "Without PATROL_KAFKA_BOOTSTRAP_SERVERS it goes to the Kafka of 'patrol up'.",
      "Exit status: 0 it ended cancelled, 1 it had ended before, or has not ended in time."
    })
final class CancelCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "ID", description = "the patrol's id")
  private String id = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who cancels it; default: ${DEFAULT-VALUE}")
  private String by = "patrol";

  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      defaultValue = "1",
      description = "when to stop waiting for its end; default: ${DEFAULT-VALUE}")
  private int timeoutMinutes;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  CancelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    PatrolId patrol = parse();
    try (PatrolClient client = Connections.client(terminal)) {
      client.cancel(patrol, by);
      ReportFinished end = end(client, patrol);
      boolean cancelled = end.status() == ReportStatus.CANCELLED;
      terminal
          .out()
          .println(
              cancelled
                  ? "patrol %s ended cancelled: %s".formatted(patrol, end.report().error())
                  : "patrol %s had ended %s, and nothing was changed"
                      .formatted(patrol, end.status().wireName()));
      return cancelled ? PatrolCommand.OK : PatrolCommand.FAILED;
    }
  }

  private ReportFinished end(PatrolClient client, PatrolId patrol) throws TimeoutException {
    try {
      return client.awaitEnd(patrol, Duration.ofMinutes(timeoutMinutes));
    } catch (TimeoutException e) {
      throw new TimeoutException(
          ("patrol %s has not ended within %d min; the request stands, and the patrol ends at its"
                  + " next step, if there is one of that id")
              .formatted(patrol, timeoutMinutes));
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
