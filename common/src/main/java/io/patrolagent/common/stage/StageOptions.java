package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stage runs.
 *
 * @param stage its name in events, health, metrics and client ids
 * @param group the consumer group; with a topic and partition it also names the transactional id
 * @param inputTopics the topics it consumes
 * @param concurrency records worked on at once, each of another partition
 * @param retries how often a record that fails is tried
 * @param revocationGrace how long a rebalance waits for a job to reach its next step
 * @param commitTimeout how long a commit may take before its result counts as unknown
 * @param journalTopic where the stage's journal is, null for a stage that keeps none; as many
 *     partitions as the input topic
 */
public record StageOptions(
    String stage,
    String group,
    List<String> inputTopics,
    int concurrency,
    RetryPolicy retries,
    Duration revocationGrace,
    Duration commitTimeout,
    @Nullable String journalTopic) {

  private static final Duration REVOCATION_GRACE = Duration.ofSeconds(30);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(15);

  public StageOptions {
    if (inputTopics.isEmpty()) {
      throw new IllegalArgumentException("stage " + stage + " needs an input topic");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "stage " + stage + " needs a concurrency of at least 1, not " + concurrency);
    }
    inputTopics = List.copyOf(inputTopics);
  }

  /** With the usual retries and times. */
  public static StageOptions of(
      String stage, String group, List<String> inputTopics, int concurrency) {
    return new StageOptions(
        stage,
        group,
        inputTopics,
        concurrency,
        RetryPolicy.DEFAULT,
        REVOCATION_GRACE,
        COMMIT_TIMEOUT,
        null);
  }

  public StageOptions withRetries(RetryPolicy policy) {
    return new StageOptions(
        stage,
        group,
        inputTopics,
        concurrency,
        policy,
        revocationGrace,
        commitTimeout,
        journalTopic);
  }

  public StageOptions withRevocationGrace(Duration grace) {
    return new StageOptions(
        stage, group, inputTopics, concurrency, retries, grace, commitTimeout, journalTopic);
  }

  public StageOptions withCommitTimeout(Duration timeout) {
    return new StageOptions(
        stage, group, inputTopics, concurrency, retries, revocationGrace, timeout, journalTopic);
  }

  /** The stage journals its steps there. */
  public StageOptions withJournal(String topic) {
    return new StageOptions(
        stage, group, inputTopics, concurrency, retries, revocationGrace, commitTimeout, topic);
  }
}
