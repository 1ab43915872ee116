package io.patrolagent.agentrunner.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * Milliseconds that the journal adds to a step, beside a bare Kafka transaction of as many bytes on
 * the same broker. Not part of the build; CONTRIBUTING says how to run it.
 */
class JournalBenchmark {

  private static final int WARM_UP = 100;
  private static final int MEASURED = 400;

  @Test
  void a_step_against_a_bare_transaction() throws Exception {
    KafkaJournalIT.startBroker();
    KafkaJournalIT kafka = new KafkaJournalIT();
    try {
      PatrolId patrol = PatrolId.parse(UUID.randomUUID().toString());
      Journal journal = kafka.open(patrol);
      List<JournalEntry> step = step();
      double journaled = median(() -> appended(journal, step));
      List<String> texts = step.stream().map(entry -> JournalCodec.encode(patrol, entry)).toList();
      try (KafkaProducer<byte[], byte[]> producer = kafka.transactionalProducer()) {
        double bare = median(() -> transaction(producer, kafka.journalTopic(), texts));
        System.out.printf(
            "a journaled step of %,d characters: median %.1f ms; a bare transaction: median"
                + " %.1f ms; ratio %.2f (medians of %d)%n",
            texts.stream().mapToInt(String::length).sum(),
            journaled,
            bare,
            journaled / bare,
            MEASURED);
      }
    } finally {
      kafka.closeOwner();
      KafkaJournalIT.stopBroker();
    }
  }

  /** A model's answer of some length, and the beginning of what follows. */
  private static List<JournalEntry> step() {
    Instant at = Instant.parse("2026-11-25T06:00:00Z");
    String message =
        "{\"type\":\"AI\",\"text\":\"" + "a finding with its figures ".repeat(150) + "\"}";
    return List.of(
        new ModelDone(
            0,
            1,
            "hash",
            message,
            "STOP",
            "offline",
            "rules",
            ModelUsage.NONE,
            List.of(),
            null,
            1,
            at),
        new Started(1, 1, 10, List.of("get_cluster_metrics", "search_logs"), "host-1", at));
  }

  private static Void appended(Journal journal, List<JournalEntry> step) throws Exception {
    journal.append(step);
    return null;
  }

  private static Void transaction(
      KafkaProducer<byte[], byte[]> producer, String topic, List<String> texts) {
    producer.beginTransaction();
    for (String text : texts) {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, 0, "bare".getBytes(UTF_8), text.getBytes(UTF_8)));
    }
    producer.commitTransaction();
    return null;
  }

  private static double median(Callable<Void> work) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      long begin = System.nanoTime();
      work.call();
      if (i >= WARM_UP) {
        millis.add((System.nanoTime() - begin) / 1e6);
      }
    }
    Collections.sort(millis);
    return millis.get(millis.size() / 2);
  }
}
