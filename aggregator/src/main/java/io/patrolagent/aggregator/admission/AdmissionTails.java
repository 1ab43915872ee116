package io.patrolagent.aggregator.admission;

import io.patrolagent.common.client.Cancellations;
import io.patrolagent.common.client.TopicTail;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all triggers of the last day and all cancellations, whichever partitions the stage has.
 * Thread-safe.
 */
public final class AdmissionTails implements Admissions.Inputs, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionTails.class);

  /** Far above what reading to the end takes, and short enough to be tried again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaSettings kafka;
  private final Topics topics;
  private final TriggerLog log = new TriggerLog();
  private final Cancellations cancellations;
  private @Nullable TopicTail triggers;
  private volatile @Nullable String topicId;
  private volatile boolean closing;

  public AdmissionTails(KafkaSettings kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
    this.cancellations = new Cancellations(kafka, topics);
  }

  /** Begins to read. */
  public synchronized void start() {
    cancellations.start();
    triggers =
        TopicTail.follow(
            kafka, topics.requested(), Instant.now().minus(TriggerLog.KEPT), this::read);
  }

  TriggerLog log() {
    return log;
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      Instant time = Instant.ofEpochMilli(record.timestamp());
      PatrolRequested trigger = EventCodec.decode(EventType.REQUESTED, record.value());
      PatrolId given = trigger.patrolId();
      log.add(
          new Position(time, record.partition(), record.offset()),
          trigger.toRequest(
              given == null
                  ? PatrolId.ofRecord(topicId(), record.partition(), record.offset())
                  : given,
              time));
    } catch (UndecodableEventException e) {
      LOG.debug("the stage makes a dead letter of {}-{}", record.partition(), record.offset());
    }
  }

  /** Asked for once, and as often as it takes: a trigger that is passed over would be missed. */
  private String topicId() {
    String known = topicId;
    while (known == null && !closing) {
      try (Admin admin = Admin.create(kafka.forAdmin())) {
        known =
            Objects.requireNonNull(
                    admin
                        .describeTopics(List.of(topics.requested()))
                        .allTopicNames()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .get(topics.requested()))
                .topicId()
                .toString();
        topicId = known;
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        LOG.warn("the id of topic {} is not known yet: {}", topics.requested(), e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        closing = true;
      }
    }
    return known == null ? "" : known;
  }

  @Override
  public void awaitTriggers() throws TimeoutException, InterruptedException {
    tail().awaitEnd(PATIENCE);
  }

  private synchronized TopicTail tail() {
    if (triggers == null) {
      throw new IllegalStateException("the triggers are not read yet");
    }
    return triggers;
  }

  /** Returns once the log and the cancellations of before are read. */
  public void awaitRead() throws TimeoutException, InterruptedException {
    cancellations.awaitRead();
    awaitTriggers();
  }

  @Override
  public Optional<CancelRequested> cancellation(PatrolId patrol) {
    return cancellations.of(patrol);
  }

  @Override
  public synchronized void close() {
    closing = true;
    if (triggers != null) {
      triggers.close();
    }
    cancellations.close();
  }
}
