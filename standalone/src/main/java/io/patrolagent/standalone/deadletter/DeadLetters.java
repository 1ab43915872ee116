package io.patrolagent.standalone.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * All dead letters of an installation, and which of them were replayed. What was replayed says so
 * in the topic that it went back to, for as long as that keeps it: nothing else is written down.
 */
public final class DeadLetters {

  /** On a replayed record: the coordinates of its dead letter. */
  static final String REPLAY_OF = "patrol-replay-of";

  private final List<DeadLetterRecord> records;
  private final Map<String, Instant> replayed;

  private DeadLetters(List<DeadLetterRecord> records, Map<String, Instant> replayed) {
    this.records = records;
    this.replayed = replayed;
  }

  /**
   * Reads them.
   *
   * @param of the topics that they came from; all where there is none
   */
  public static DeadLetters read(KafkaSettings kafka, Topics topics, Collection<String> of) {
    TopicReader reader = new TopicReader(kafka);
    Set<String> deadLetterTopics =
        reader.existing(
            topics.specifications().stream()
                .map(Topics.Specification::name)
                .filter(Topics::isDeadLetter)
                .filter(
                    name ->
                        of.isEmpty() || of.stream().map(Topics::deadLetter).anyMatch(name::equals))
                .toList());
    List<DeadLetterRecord> records = new ArrayList<>();
    reader.read(
        deadLetterTopics, Instant.EPOCH, record -> records.add(new DeadLetterRecord(record)));
    records.sort(Comparator.comparing(DeadLetterRecord::since));
    return new DeadLetters(List.copyOf(records), replayed(reader, records));
  }

  private static Map<String, Instant> replayed(TopicReader reader, List<DeadLetterRecord> records) {
    Map<String, Instant> replayed = new HashMap<>();
    if (!records.isEmpty()) {
      Set<String> origins =
          reader.existing(
              records.stream()
                  .map(DeadLetterRecord::originalTopic)
                  .filter(topic -> !topic.isEmpty())
                  .collect(Collectors.toSet()));
      reader.read(
          origins,
          records.get(0).since(),
          record -> {
            Header of = record.headers().lastHeader(REPLAY_OF);
            if (of != null) {
              replayed.put(new String(of.value(), UTF_8), Instant.ofEpochMilli(record.timestamp()));
            }
          });
    }
    return replayed;
  }

  /** Oldest first. */
  public List<DeadLetterRecord> records() {
    return records;
  }

  /** When it was replayed last; null where it was not, or longer ago than its topic remembers. */
  public @Nullable Instant replayedAt(DeadLetterRecord letter) {
    return replayed.get(letter.coordinates());
  }
}
