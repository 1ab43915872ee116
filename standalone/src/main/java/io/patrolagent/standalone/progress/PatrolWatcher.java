package io.patrolagent.standalone.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one patrol through the topics and tells its progress. A courtesy: where its user may not
 * read those topics there is less to tell, and nothing else changes.
 */
public final class PatrolWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PatrolWatcher.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, String> phases;
  private final String patrol;
  private final Progress progress;
  private final Thread thread = new Thread(this::run, "patrol-watcher");

  private PatrolWatcher(KafkaSettings kafka, Topics topics, PatrolId patrol, Progress progress) {
    Map<String, Object> config = kafka.forConsumer();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.put("allow.auto.create.topics", false);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.phases =
        Map.of(
            topics.snapshotTaken(), "the agent writes the report",
            topics.snapshotTakenOnDemand(), "the agent writes the report",
            topics.agentFinished(), "the report is parsed and stored",
            topics.failed(), "the failure is stored");
    this.patrol = patrol.toString();
    this.progress = progress;
  }

  /** Watches from now on; to be called before the trigger is produced. */
  public static PatrolWatcher start(
      KafkaSettings kafka, Topics topics, PatrolId patrol, Progress progress) {
    PatrolWatcher watcher = new PatrolWatcher(kafka, topics, patrol, progress);
    watcher.seekToNow();
    watcher.thread.setDaemon(true);
    watcher.thread.start();
    return watcher;
  }

  private void seekToNow() {
    try {
      List<TopicPartition> partitions =
          phases.keySet().stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    } catch (KafkaException e) {
      LOG.debug("progress cannot be watched", e);
    }
  }

  private void run() {
    try (consumer) {
      while (!consumer.assignment().isEmpty()) {
        consumer.poll(POLL).forEach(this::tell);
      }
    } catch (WakeupException e) {
      LOG.debug("the patrol has ended");
    } catch (KafkaException e) {
      LOG.debug("progress cannot be watched any longer", e);
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    String phase = phases.get(record.topic());
    if (phase != null && record.key() != null && patrol.equals(new String(record.key(), UTF_8))) {
      progress.phase(phase);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
