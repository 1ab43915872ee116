package io.patrolagent.standalone.command;

import io.patrolagent.agentrunner.journal.JournalCodec;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalReader;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.standalone.transcript.TranscriptText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patrol transcript}: what the agent did, from its journal. */
@Command(
    name = "transcript",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every round of a patrol: who answered, what was asked, what tools answered, tokens,"
          + " cost and time; also while it runs. The journal keeps patrols for 30 days.",
      "Without PATROL_KAFKA_BOOTSTRAP_SERVERS it reads the Kafka of 'patrol up'."
    })
final class TranscriptCommand implements Callable<Integer> {

  private static final int SHORT = 600;

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "ID", description = "the patrol's id")
  private String id = "";

  @Option(names = "--full", description = "print tools' answers whole")
  private boolean full;

  @Option(names = "--json", description = "print the journal's entries, one on each line")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  TranscriptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    PatrolId patrol = parse();
    Connections.Kafka kafka = Connections.kafka(terminal);
    List<JournalEntry> entries = JournalReader.read(kafka.settings(), kafka.topics(), patrol);
    if (entries.isEmpty()) {
      throw new NotFoundException(
          "the journal has nothing of patrol "
              + patrol
              + "; it may not have reached the agent, or is older than the journal");
    }
    if (json) {
      entries.forEach(entry -> terminal.out().println(JournalCodec.encode(patrol, entry)));
    } else {
      terminal.out().println("Patrol " + patrol);
      terminal.out().print(TranscriptText.of(entries, full ? Integer.MAX_VALUE : SHORT));
    }
    return PatrolCommand.OK;
  }

  private PatrolId parse() {
    try {
      return PatrolId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
