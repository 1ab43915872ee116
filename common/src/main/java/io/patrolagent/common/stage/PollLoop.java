package io.patrolagent.common.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer's thread: it polls all the while, hands each partition's next record to a job, and
 * keeps every partition paused that is not ready for one.
 *
 * <p>All consumer calls and all state changes of partitions happen here. Other threads leave a
 * message in the mailbox and wake the poll.
 */
final class PollLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

  /**
   * How long a fetch waits at the broker, and a poll for it. Short, since a partition that was just
   * resumed waits behind a fetch for others that is under way; and the same for both, since a fetch
   * that comes back empty does not end the poll, and until the next poll nothing is fetched.
   */
  static final Duration POLL = Duration.ofMillis(50);

  private static final Duration OFFSET_TIMEOUT = Duration.ofSeconds(5);

  /** What the loop asks of the threads beside it. */
  interface Workers {
    /** Make the partition's producer, then call {@link PollLoop#claimed}. */
    void claim(OwnedPartition partition);

    /** Work on the record, then call {@link PollLoop#finished}. */
    void work(OwnedPartition partition, RecordJob job);

    /** The group's next offset of a partition that was just fenced, 0 if it has none; final. */
    void positioned(OwnedPartition partition, long committed);
  }

  private final Consumer<byte[], byte[]> consumer;
  private final StageOptions options;
  private final Membership membership;
  private final Workers workers;
  private final StageMetrics metrics;
  private final Positions positions = new Positions();
  private final Map<TopicPartition, OwnedPartition> partitions = new ConcurrentHashMap<>();
  private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  PollLoop(
      Consumer<byte[], byte[]> consumer,
      StageOptions options,
      Membership membership,
      Workers workers,
      StageMetrics metrics) {
    this.consumer = consumer;
    this.options = options;
    this.membership = membership;
    this.workers = workers;
    this.metrics = metrics;
  }

  /** Runs until {@link #stop}; throws what no repetition can mend. */
  void run() {
    consumer.subscribe(options.inputTopics(), new Rebalance());
    while (!closing) {
      readMailbox();
      try {
        position();
        pauseAllButReady();
        var records = consumer.poll(POLL);
        membership.refresh(consumer.groupMetadata());
        records.forEach(this::accept);
        positions.note(consumer, partitions.values());
      } catch (WakeupException e) {
        // a message is waiting, or the end
      } catch (TimeoutException e) {
        LOG.warn("{} waits for the broker: {}", options.stage(), e.getMessage());
      }
    }
  }

  /** Ends the loop; safe from any thread. */
  void stop() {
    closing = true;
    consumer.wakeup();
  }

  Collection<OwnedPartition> partitions() {
    return partitions.values();
  }

  Positions positions() {
    return positions;
  }

  /** The partition's producer is made: go on with its offset. Any thread. */
  void claimed(OwnedPartition partition) {
    tell(partition, partition::positionUnknown);
  }

  /** The job is over, and whether what is in memory can be trusted. Any thread. */
  void finished(OwnedPartition partition, boolean committed) {
    tell(
        partition,
        () -> {
          if (committed) {
            partition.ready();
          } else {
            partition.reclaim();
            workers.claim(partition);
          }
        });
  }

  private void tell(OwnedPartition about, Runnable message) {
    mailbox.add(
        () -> {
          if (partitions.get(about.partition()) == about) {
            message.run();
          }
        });
    consumer.wakeup();
  }

  private void readMailbox() {
    for (Runnable message = mailbox.poll(); message != null; message = mailbox.poll()) {
      message.run();
    }
  }

  /** Sets partitions that were just fenced to the group's committed offset, which is now final. */
  private void position() {
    List<OwnedPartition> claimed = inState(OwnedPartition.State.CLAIMED);
    if (claimed.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(names(claimed), OFFSET_TIMEOUT);
    for (OwnedPartition partition : claimed) {
      OffsetAndMetadata offset = committed.get(partition.partition());
      whileAssigned(
          () -> {
            if (offset == null) {
              consumer.seekToBeginning(Set.of(partition.partition()));
            } else {
              consumer.seek(partition.partition(), offset);
            }
            partition.ready();
            workers.positioned(partition, offset == null ? 0 : offset.offset());
          });
    }
  }

  /** State decides what is paused, again before each poll, since a rebalance can drop pauses. */
  private void pauseAllButReady() {
    Set<TopicPartition> ready = names(inState(OwnedPartition.State.READY));
    Set<TopicPartition> paused = consumer.paused();
    Set<TopicPartition> toPause = new HashSet<>(consumer.assignment());
    toPause.removeAll(ready);
    toPause.removeAll(paused);
    ready.retainAll(paused);
    if (!toPause.isEmpty()) {
      whileAssigned(() -> consumer.pause(toPause));
    }
    if (!ready.isEmpty()) {
      whileAssigned(() -> consumer.resume(ready));
    }
  }

  /**
   * The consumer's own thread can lose a partition at any time, and then refuses calls for it. The
   * next poll tells the listener.
   */
  private static void whileAssigned(Runnable consumerCall) {
    try {
      consumerCall.run();
    } catch (IllegalStateException e) {
      LOG.debug("a partition was taken away between two polls: {}", e.getMessage());
    }
  }

  private List<OwnedPartition> inState(OwnedPartition.State state) {
    return partitions.values().stream().filter(partition -> partition.state() == state).toList();
  }

  private static Set<TopicPartition> names(List<OwnedPartition> partitions) {
    return partitions.stream()
        .map(OwnedPartition::partition)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition at = new TopicPartition(record.topic(), record.partition());
    OwnedPartition partition = partitions.get(at);
    if (partition == null) {
      return; // revoked within this poll
    }
    if (partition.state() != OwnedPartition.State.READY) {
      whileAssigned(
          () -> consumer.seek(at, record.offset())); // fetched before the pause: it comes again
      return;
    }
    RecordJob job =
        new RecordJob(source(partition, record), new JobJournal(partition, metrics), membership);
    partition.working(job);
    workers.work(partition, job);
  }

  private static SourceRecord source(
      OwnedPartition partition, ConsumerRecord<byte[], byte[]> record) {
    return new SourceRecord(
        record.topic(),
        partition.topicId(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.value(),
        record.headers());
  }

  /**
   * Lets the running jobs reach their end or next step, gives up the partitions, leaves the group.
   */
  void close(Duration grace) {
    release(List.copyOf(partitions.values()), grace);
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }

  private void release(List<OwnedPartition> released, Duration grace) {
    released.forEach(OwnedPartition::stopJob);
    Instant deadline = Instant.now().plus(grace);
    for (OwnedPartition partition : released) {
      partition.release(Duration.between(Instant.now(), deadline));
      partitions.remove(partition.partition(), partition);
    }
  }

  /**
   * Runs inside {@code poll}. The group gives a partition to its next owner only after these
   * return, so they return only when this one can no longer commit for it.
   */
  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      LOG.info("{} is assigned {}", options.stage(), assigned);
      consumer.pause(assigned);
      for (TopicPartition added : assigned) {
        OwnedPartition partition = new OwnedPartition(added, membership);
        OwnedPartition former = partitions.put(added, partition);
        if (former != null) {
          former.abandon();
        }
        workers.claim(partition);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      LOG.info("{} gives back {}", options.stage(), revoked);
      release(owned(revoked), options.revocationGrace());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      LOG.warn("{} has lost {}", options.stage(), lost);
      for (OwnedPartition partition : owned(lost)) {
        partition.abandon();
        partitions.remove(partition.partition(), partition);
      }
    }

    private List<OwnedPartition> owned(Collection<TopicPartition> named) {
      List<OwnedPartition> found = new ArrayList<>();
      for (TopicPartition each : named) {
        OwnedPartition partition = partitions.get(each);
        if (partition != null) {
          found.add(partition);
        }
      }
      return found;
    }
  }
}
