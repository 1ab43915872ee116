package io.patrolagent.standalone.command;

import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.reportsink.ReportStore;
import io.patrolagent.standalone.deadletter.DeadLetterRecord;
import io.patrolagent.standalone.deadletter.DeadLetters;
import io.patrolagent.standalone.deadletter.Replay;
import io.patrolagent.standalone.deadletter.Replayer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patrol dlt replay}: back to where they came from. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Produces dead letters once more to the topics that they came from. A trigger becomes a new"
          + " patrol, with retry_of where it named one that ended; its id follows from where the"
          + " dead letter lies, so that replaying it twice makes no second patrol. Nothing is"
          + " deleted.",
      "Refused with the reason: what still cannot be read, what was replayed before, and later"
          + " steps of patrols that have ended."
    })
final class DeadLetterReplayCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "COORDINATES",
      arity = "0..*",
      description = "as 'patrol dlt list' prints them: patrol.requested.dlt-0@12")
  private List<String> coordinates = List.of();

  @Option(names = "--all", description = "every dead letter that was not replayed yet")
  private boolean all;

  @Option(names = "--force", description = "also what would be refused, as it is")
  private boolean force;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  DeadLetterReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (all != coordinates.isEmpty()) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "name dead letters by their coordinates, or all with --all");
    }
    if (!terminal.isSet(Setting.DATABASE_URL)) {
      return replay(patrol -> true);
    }
    try (Database database = Connections.database(terminal)) {
      ReportStore reports = new ReportStore(database.jdbi());
      return replay(patrol -> reports.find(patrol).isPresent());
    }
  }

  private int replay(Predicate<PatrolId> hasEnded) throws Exception {
    Connections.Kafka kafka = Connections.kafka(terminal);
    DeadLetters letters = DeadLetters.read(kafka.settings(), kafka.topics(), List.of());
    boolean refused = false;
    try (Replayer replayer = new Replayer(kafka.settings(), kafka.topics(), hasEnded)) {
      for (DeadLetterRecord letter : chosen(letters)) {
        Instant before = letters.replayedAt(letter);
        Replay replay =
            before != null && !force
                ? new Replay.Refused("it was replayed " + before)
                : replayer.replay(letter, force);
        if (replay instanceof Replay.Refused no) {
          refused = true;
          terminal.out().println(letter.coordinates() + " stays: " + no.reason());
        } else if (replay instanceof Replay.Done done) {
          terminal.out().println(letter.coordinates() + " → " + done.what());
        }
      }
    }
    return refused ? PatrolCommand.FAILED : PatrolCommand.OK;
  }

  private List<DeadLetterRecord> chosen(DeadLetters letters) throws NotFoundException {
    if (all) {
      return letters.records().stream().filter(l -> letters.replayedAt(l) == null).toList();
    }
    List<DeadLetterRecord> chosen = new ArrayList<>();
    for (String wanted : coordinates) {
      chosen.add(
          letters.records().stream()
              .filter(letter -> letter.coordinates().equals(wanted))
              .findFirst()
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "there is no dead letter "
                              + wanted
                              + "; 'patrol dlt list' shows what there is")));
    }
    return chosen;
  }
}
