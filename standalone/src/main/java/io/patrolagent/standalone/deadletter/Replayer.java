package io.patrolagent.standalone.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces dead letters to where they came from. A trigger becomes a patrol whose id is derived
 * from where its dead letter lies, so that replaying it twice makes one patrol; if it named a
 * patrol, that one ended with the dead letter, and the new one says {@code retry_of}. Nothing is
 * deleted.
 */
public final class Replayer implements AutoCloseable {

  private static final int MAX_REQUEST_BYTES = 6 * 1024 * 1024;
  private static final int TIMEOUT_SECONDS = 15;

  private final Topics topics;
  private final Predicate<PatrolId> hasEnded;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;

  /**
   * @param hasEnded whether a patrol has its row; a patrol of which that is not known has one,
   *     since a dead letter that names it ends it
   */
  public Replayer(KafkaSettings kafka, Topics topics, Predicate<PatrolId> hasEnded) {
    this.topics = topics;
    this.hasEnded = hasEnded;
    Map<String, Object> config = new HashMap<>(kafka.forProducer());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.admin = Admin.create(kafka.forAdmin());
  }

  /**
   * Produces it again, or says why not.
   *
   * @param force also what still cannot be read, byte by byte
   */
  public Replay replay(DeadLetterRecord letter, boolean force)
      throws InterruptedException, ExecutionException, TimeoutException {
    byte[] value = letter.record().value();
    Optional<EventType<?>> type = type(letter.originalTopic());
    if (type.isEmpty()) {
      return new Replay.Refused("it does not say which topic of ours it came from");
    }
    if (value == null) {
      return new Replay.Refused("its value was too large to keep; it lies at " + letter.origin());
    }
    try {
      EventCodec.decode(type.get(), value);
    } catch (UndecodableEventException e) {
      return force
          ? produce(letter, value, "as it was; it will be a dead letter again")
          : new Replay.Refused(
              "it still cannot be read: " + e.getMessage() + " (--force sends it)");
    }
    return type.get().equals(EventType.REQUESTED)
        ? replayTrigger(letter, value)
        : replayStep(letter, value, force);
  }

  private Replay replayTrigger(DeadLetterRecord letter, byte[] value)
      throws InterruptedException, ExecutionException, TimeoutException {
    Optional<PatrolId> named = letter.patrolId();
    if (named.isPresent() && !hasEnded.test(named.get())) {
      return produce(letter, value, "patrol " + named.get());
    }
    PatrolId patrol =
        PatrolId.ofRecord(
            topicId(letter.record().topic()),
            letter.record().partition(),
            letter.record().offset());
    try {
      ObjectNode trigger = (ObjectNode) EventCodec.mapper().readTree(value);
      trigger.put("patrol_id", patrol.toString());
      named.ifPresent(ended -> trigger.put("retry_of", ended.toString()));
      trigger.remove("requested_at"); // it is asked for now, and has its time from now on
      trigger.remove("due_at");
      trigger.remove("expires_at");
      return produce(
          letter,
          EventCodec.mapper().writeValueAsBytes(trigger),
          "patrol " + patrol + named.map(ended -> ", retry of " + ended).orElse(""));
    } catch (IOException e) {
      throw new IllegalStateException("what was decoded is a JSON object", e);
    }
  }

  /** A later step of a patrol that has its row would be passed over in silence. */
  private Replay replayStep(DeadLetterRecord letter, byte[] value, boolean force)
      throws InterruptedException, ExecutionException, TimeoutException {
    Optional<PatrolId> patrol = letter.patrolId();
    if (patrol.isPresent() && hasEnded.test(patrol.get()) && !force) {
      return new Replay.Refused(
          "patrol %s has ended with it; ask for another: ./patrol trigger TYPE --retry-of %s"
              .formatted(patrol.get(), patrol.get()));
    }
    return produce(letter, value, patrol.map(id -> "patrol " + id).orElse("as it was"));
  }

  private Replay produce(DeadLetterRecord letter, byte[] value, String what)
      throws InterruptedException, ExecutionException, TimeoutException {
    Headers headers = new RecordHeaders();
    for (Header header : letter.record().headers()) {
      if (!header.key().startsWith(DeadLetterRecord.PREFIX)) {
        headers.add(header);
      }
    }
    headers.remove(DeadLetters.REPLAY_OF);
    headers.add(DeadLetters.REPLAY_OF, letter.coordinates().getBytes(UTF_8));
    var sent =
        producer
            .send(
                new ProducerRecord<>(
                    letter.originalTopic(), null, letter.record().key(), value, headers))
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return new Replay.Done(
        "%s-%d@%d: %s".formatted(sent.topic(), sent.partition(), sent.offset(), what));
  }

  private Optional<EventType<?>> type(String topic) {
    if (topic.equals(topics.snapshotTakenOnDemand())) {
      return Optional.of(EventType.SNAPSHOT_TAKEN);
    }
    return EventType.ALL.stream()
        .filter(type -> topic.equals(topics.prefix() + type.name()))
        .findFirst();
  }

  private String topicId(String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .values()
        .iterator()
        .next()
        .topicId()
        .toString();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
