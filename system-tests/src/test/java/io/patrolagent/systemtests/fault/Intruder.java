package io.patrolagent.systemtests.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Somebody else who may write to the pipeline's topics. Each write is a transaction, left open
 * where a test wants it to be.
 */
final class Intruder implements AutoCloseable {

  /** More than the largest record that a topic takes. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  /** Longer than any test leaves one open. */
  private static final int TRANSACTION_TIMEOUT_MS = 120_000;

  private final KafkaProducer<byte[], byte[]> producer;

  Intruder(Platform platform) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", platform.bootstrapServers());
    config.put("client.id", "intruder");
    config.put("transactional.id", "intruder-" + UUID.randomUUID());
    config.put("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS);
    config.put("max.request.size", MOST_BYTES);
    config.put("compression.type", "zstd"); // or the broker counts the bytes as they are
    config.put("linger.ms", 0);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Written and committed when it returns; the offset of the first. */
  @SafeVarargs
  final long send(ProducerRecord<byte[], byte[]>... records) throws Exception {
    long first = leaveOpen(records);
    producer.commitTransaction();
    return first;
  }

  /** Written, and its transaction open, when it returns; the offset of the first. */
  @SafeVarargs
  final long leaveOpen(ProducerRecord<byte[], byte[]>... records) throws Exception {
    producer.beginTransaction();
    long first = -1;
    for (ProducerRecord<byte[], byte[]> record : records) {
      long offset = producer.send(record).get().offset();
      first = first < 0 ? offset : first;
    }
    return first;
  }

  /** Ends what was left open. */
  void abort() {
    producer.abortTransaction();
  }

  @Override
  public void close() {
    producer.close();
  }
}
