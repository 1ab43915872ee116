package io.patrolagent.standalone.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.JournalReader;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Set<String> journals;
  private final PatrolId patrol;
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
    this.journals =
        Set.of(
            topics.journal(topics.snapshotTaken()), topics.journal(topics.snapshotTakenOnDemand()));
    this.patrol = patrol;
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
          Stream.concat(phases.keySet().stream(), journals.stream())
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
    if (journals.contains(record.topic())) {
      JournalReader.entry(record, patrol).ifPresent(this::tell);
      return;
    }
    String phase = phases.get(record.topic());
    if (phase != null
        && record.key() != null
        && patrol.toString().equals(new String(record.key(), UTF_8))) {
      progress.phase(phase);
    }
  }

  private void tell(JournalEntry entry) {
    if (entry instanceof Started step) {
      progress.phase(
          "round "
              + step.round()
              + ": "
              + (step.isModelCall() ? "the agent thinks" : counted(step.tools())));
    }
  }

  /** Each tool once, and how often it is called. */
  private static String counted(List<String> tools) {
    Map<String, Long> counts =
        tools.stream()
            .collect(Collectors.groupingBy(t -> t, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(tool -> tool.getValue() == 1 ? tool.getKey() : tool.getKey() + " ×" + tool.getValue())
        .collect(Collectors.joining(", "));
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
