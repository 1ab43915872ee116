package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition from its assignment to its loss: the producer that fences its former owners, the one
 * job in work, and the lock that decides whether that job may still commit.
 *
 * <p>The state belongs to the poll thread. Commits come from job threads; {@link #release} and
 * {@link #abandon} return only when no commit can follow.
 */
final class OwnedPartition {

  /** Only {@code READY} partitions are fetched from; all others are paused. */
  enum State {
    /** Its producer is being made: former owners are fenced, their transactions aborted. */
    CLAIMING,
    /** Fenced; the group's committed offset is still to be read. */
    CLAIMED,
    READY,
    WORKING
  }

  private final TopicPartition partition;
  private final Membership membership;
  private final ReentrantLock ownership = new ReentrantLock();

  private State state = State.CLAIMING;
  private String topicId = "";
  private volatile @Nullable RecordJob job; // health checks look at it too
  private volatile @Nullable Exception claimFailure;
  private volatile @Nullable DoubtfulCommit doubtful;

  // changed only under the lock
  private boolean owned = true;
  private volatile @Nullable PartitionProducer producer;
  private volatile @Nullable PartitionJournal journal;

  OwnedPartition(TopicPartition partition, Membership membership) {
    this.partition = partition;
    this.membership = membership;
  }

  TopicPartition partition() {
    return partition;
  }

  String topicId() {
    return topicId;
  }

  State state() {
    return state;
  }

  @Nullable RecordJob job() {
    return job;
  }

  /** Why the last attempt to claim it failed, or null. */
  @Nullable Exception claimFailure() {
    return claimFailure;
  }

  void claimFailed(Exception cause) {
    claimFailure = cause;
  }

  /**
   * The new producer takes over, unless the partition was lost meanwhile: then it is the caller's
   * to close. Any thread.
   */
  boolean claimed(PartitionProducer fencing, String id, @Nullable PartitionJournal read) {
    ownership.lock();
    try {
      if (!owned) {
        return false;
      }
      producer = fencing;
      topicId = id;
      journal = read;
      claimFailure = null;
      return true;
    } finally {
      ownership.unlock();
    }
  }

  /** That commit may have happened. Called by the job's thread, at its end. */
  void doubt(DoubtfulCommit commit) {
    doubtful = commit;
  }

  /** The commit in doubt, which is then no longer; null if none is. */
  @Nullable DoubtfulCommit takeDoubtful() {
    DoubtfulCommit taken = doubtful;
    doubtful = null;
    return taken;
  }

  void positionUnknown() {
    state = State.CLAIMED;
  }

  void ready() {
    state = State.READY;
    job = null;
  }

  void working(RecordJob started) {
    state = State.WORKING;
    job = started;
  }

  /** Drops the producer and whatever was in memory: what is true is in Kafka. */
  void reclaim() {
    state = State.CLAIMING;
    job = null;
    ownership.lock();
    try {
      closeProducer();
    } finally {
      ownership.unlock();
    }
  }

  /** The stage's journal beside this partition, null for a stage that keeps none. */
  @Nullable PartitionJournal journal() {
    return journal;
  }

  /**
   * A transaction of records alone, if the partition is still owned. Called by the job's thread.
   */
  CommitResult append(List<ProducerRecord<byte[], byte[]>> records) {
    ownership.lock();
    try {
      PartitionProducer current = producer;
      return owned && current != null ? current.append(records) : new CommitResult.NotOwned();
    } finally {
      ownership.unlock();
    }
  }

  /** The transaction, if the partition is still owned. Called by the job's thread. */
  CommitResult commit(List<ProducerRecord<byte[], byte[]>> records, long nextOffset) {
    ownership.lock();
    try {
      PartitionProducer current = producer;
      if (!owned || current == null) {
        return new CommitResult.NotOwned();
      }
      return current.commit(records, partition, nextOffset, membership.metadata());
    } finally {
      ownership.unlock();
    }
  }

  /** Asks the job to stop at its next step, without waiting. */
  void stopJob() {
    if (job != null) {
      job.stop();
    }
  }

  /** Waits for the job to reach its next step or its end, and then lets go of the partition. */
  void release(Duration grace) {
    stopJob();
    if (job != null) {
      awaitOver(job, grace);
    }
    disown(); // waits for a commit that has begun
    if (job != null) {
      job.interrupt();
    }
  }

  /** Lets go at once, ending a commit by force: the group has given the partition away already. */
  void abandon() {
    stopJob();
    if (job != null) {
      job.interrupt();
    }
    PartitionProducer inUse = producer;
    if (inUse != null) {
      inUse.close();
    }
    disown();
  }

  /** Whether it has neither been released nor abandoned. Any thread. */
  boolean isOwned() {
    ownership.lock();
    try {
      return owned;
    } finally {
      ownership.unlock();
    }
  }

  private void disown() {
    ownership.lock();
    try {
      owned = false;
      closeProducer();
    } finally {
      ownership.unlock();
    }
  }

  private static void awaitOver(RecordJob job, Duration grace) {
    try {
      job.awaitOver(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever interrupts the poll thread wants it to end now
    }
  }

  private void closeProducer() {
    PartitionProducer inUse = producer;
    if (inUse != null) {
      inUse.close();
      producer = null;
    }
  }
}
