package io.patrolagent.standalone.command;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.patrol.ReportType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code patrol trigger}: asks for a patrol and does not wait. */
@Command(
    name = "trigger",
    mixinStandardHelpOptions = true,
    description =
        "Produces a trigger and prints the patrol's id. Without PATROL_KAFKA_BOOTSTRAP_SERVERS it"
            + " goes to the Kafka of 'patrol up'.")
final class TriggerCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      converter = ReportTypes.class,
      completionCandidates = ReportTypes.class,
      description = "${COMPLETION-CANDIDATES}")
  private ReportType type = ReportType.ON_DEMAND;

  @Mixin private final TriggerOptions options = new TriggerOptions();

  TriggerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    try (PatrolClient client = Connections.client(terminal)) {
      terminal.out().println(client.trigger(options.trigger(type, null)));
      return PatrolCommand.OK;
    }
  }
}
