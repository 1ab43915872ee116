package io.patrolagent.scheduler;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.stage.Party;
import io.patrolagent.common.stage.TopicProvisioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes triggers to {@code patrol.requested}, which is all that it needs to be allowed to do
 * unless it is to create topics. Connects with the first use, so that a broker that is down does
 * not stop the start. For one thread, {@link #close} aside.
 */
final class KafkaTriggers implements TriggerSender {

  /** Less than the ten seconds in which a process is to end. */
  private static final int TIMEOUT_MS = 8_000;

  private final KafkaSettings kafka;
  private final TopicSettings topicSettings;
  private final Topics topics;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  KafkaTriggers(KafkaSettings kafka, TopicSettings topicSettings) {
    this.kafka = kafka;
    this.topicSettings = topicSettings;
    this.topics = new Topics(topicSettings.prefix());
  }

  /** Its own topic alone: of the others it may not know that they exist. */
  @Override
  public void prepare() throws Exception {
    new TopicProvisioner(kafka, topicSettings, Party.SCHEDULER).run();
  }

  @Override
  public void send(PatrolRequested trigger) throws Exception {
    try {
      producer()
          .send(EventRecord.of(topics, trigger, SchedulerService.NAME))
          .get(2 * TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic %s at %s did not take it: %s"
              .formatted(topics.requested(), kafka.bootstrapServers(), cause(e).getMessage()),
          cause(e));
    }
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> existing = producer;
    if (existing != null) {
      return existing;
    }
    Map<String, Object> config = new HashMap<>(kafka.forProducer());
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    KafkaProducer<byte[], byte[]> created =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer = created;
    return created;
  }

  private static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}
