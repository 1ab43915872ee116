package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one producer of an owned partition. Its transactional id is made of group, topic and
 * partition, so that whoever owns the partition next fences it.
 *
 * <p>One transaction at a time; {@link #close} may be called from any thread to end it by force.
 */
final class PartitionProducer implements AutoCloseable {

  /**
   * A transaction left open holds the next owner off for this long, and the broker's abort scan.
   */
  private static final int TRANSACTION_TIMEOUT_MS = 10_000;

  private static final int MAX_REQUEST_BYTES = 6 * 1024 * 1024;

  private final KafkaProducer<byte[], byte[]> producer;
  private volatile boolean closed;

  private PartitionProducer(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** A producer that nobody else's transaction can follow, made by {@code initTransactions}. */
  static PartitionProducer fencing(
      Map<String, Object> kafka, String clientId, String transactionalId, Duration commitTimeout) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, commitTimeout.toMillis());
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    // a concurrent transaction is answered with "retry", so this is what taking over waits for
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
    var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      return new PartitionProducer(producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Publishes the records and moves the group's offset, both or neither. */
  CommitResult commit(
      List<ProducerRecord<byte[], byte[]>> records,
      TopicPartition source,
      long nextOffset,
      ConsumerGroupMetadata group) {
    return transaction(
        records,
        () ->
            producer.sendOffsetsToTransaction(
                Map.of(source, new OffsetAndMetadata(nextOffset)), group));
  }

  /** Publishes the records alone, all or none. */
  CommitResult append(List<ProducerRecord<byte[], byte[]>> records) {
    return transaction(records, () -> {});
  }

  private CommitResult transaction(
      List<ProducerRecord<byte[], byte[]>> records, Runnable sendOffsets) {
    try {
      return commitOrAbort(records, sendOffsets);
    } catch (IllegalStateException e) {
      if (closed) {
        return new CommitResult.Unknown(e); // ended by force in the middle: the partition was lost
      }
      throw e;
    }
  }

  private CommitResult commitOrAbort(
      List<ProducerRecord<byte[], byte[]>> records, Runnable sendOffsets) {
    try {
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> record : records) {
        // a failed send fails the commit below, so nobody has to wait here
        var unused = producer.send(record);
      }
      sendOffsets.run();
    } catch (KafkaException e) {
      return abort(e);
    }
    try {
      producer.commitTransaction();
      return new CommitResult.Committed();
    } catch (TimeoutException | InterruptException e) {
      return new CommitResult.Unknown(e); // it may still commit: aborting now could lose to it
    } catch (KafkaException e) {
      return abort(e);
    }
  }

  private CommitResult abort(KafkaException cause) {
    if (isFatal(cause)) {
      return new CommitResult.Unknown(cause);
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      cause.addSuppressed(e);
      return new CommitResult.Unknown(cause);
    }
    return tooLarge(cause) ? new CommitResult.Rejected(cause) : new CommitResult.Aborted(cause);
  }

  private static boolean isFatal(KafkaException e) {
    return e instanceof ProducerFencedException
        || e instanceof InvalidProducerEpochException
        || e instanceof AuthorizationException
        || e instanceof InterruptException;
  }

  private static boolean tooLarge(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof RecordTooLargeException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Ends it at once; a transaction that is open stays open until the next owner or the broker
   * aborts it.
   */
  @Override
  public void close() {
    closed = true;
    producer.close(Duration.ZERO);
  }
}
