package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.client.Subscription;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.page.ReportText;
import io.patrolagent.common.page.ReportView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patrol follow}: a subscriber that prints. */
@Command(
    name = "follow",
    mixinStandardHelpOptions = true,
    description =
        "Prints reports as they finish, until interrupted. Without PATROL_KAFKA_BOOTSTRAP_SERVERS it"
            + " follows the Kafka of 'patrol up'.")
final class FollowCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--json", description = "print each event on a line of its own")
  private boolean json;

  FollowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    try (PatrolClient client = Connections.client(terminal);
        Subscription subscription = client.subscribe(this::print)) {
      subscription.join();
      return PatrolCommand.OK;
    }
  }

  private void print(ReportFinished finished) {
    if (json) {
      terminal.out().println(new String(EventCodec.encode(finished), UTF_8));
    } else {
      terminal.out().println(ReportText.render(ReportView.of(finished.report())));
    }
  }
}
