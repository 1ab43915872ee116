package io.patrolagent.standalone.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.standalone.deadletter.DeadLetterRecord;
import io.patrolagent.standalone.deadletter.DeadLetters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patrol dlt list}: what, why and since when. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the dead letters, oldest first: where each lies and came from, since when, why, the"
          + " patrol that it names, and when it was replayed. They are kept for 30 days.",
      "Without PATROL_KAFKA_BOOTSTRAP_SERVERS it reads the Kafka of 'patrol up'."
    })
final class DeadLetterListCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "only what came from this topic; may be repeated")
  private List<String> topics = List.of();

  @Option(names = "--json", description = "print each as JSON on a line")
  private boolean json;

  DeadLetterListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Connections.Kafka kafka = Connections.kafka(terminal);
    DeadLetters letters = DeadLetters.read(kafka.settings(), kafka.topics(), topics);
    for (DeadLetterRecord letter : letters.records()) {
      Instant replayed = letters.replayedAt(letter);
      if (json) {
        ObjectNode line = EventCodec.mapper().createObjectNode();
        line.put("coordinates", letter.coordinates()).put("origin", letter.origin());
        line.put("since", letter.since().toString()).put("reason", letter.reason());
        line.put("group", letter.group()).put("bytes", letter.bytes());
        letter.patrolId().ifPresent(id -> line.put("patrol_id", id.toString()));
        line.put("replayed_at", replayed == null ? null : replayed.toString());
        terminal.out().println(line);
      } else {
        terminal
            .out()
            .printf(
                "%s  since %s  from %s  %,d bytes  %s%s%n    %s%n",
                letter.coordinates(),
                letter.since().truncatedTo(ChronoUnit.SECONDS),
                oneLine(letter.origin()),
                letter.bytes(),
                letter.patrolId().map(id -> "patrol " + id).orElse("names no patrol"),
                replayed == null ? "" : ", replayed " + replayed.truncatedTo(ChronoUnit.SECONDS),
                oneLine(letter.reason()));
      }
    }
    if (letters.records().isEmpty() && !json) {
      terminal.err().println("patrol: there are no dead letters");
    }
    return PatrolCommand.OK;
  }

  /** What a stranger wrote, without what could steer a terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
