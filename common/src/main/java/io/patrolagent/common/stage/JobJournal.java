package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The journal as a job writes it: through the producer of the partition that it works for. */
final class JobJournal implements StageJournal {

  private static final int ATTEMPTS = 5;
  private static final RetryPolicy WAITS =
      new RetryPolicy(ATTEMPTS, Duration.ofMillis(20), Duration.ofSeconds(1));

  private final OwnedPartition partition;
  private final StageMetrics metrics;

  JobJournal(OwnedPartition partition, StageMetrics metrics) {
    this.partition = partition;
    this.metrics = metrics;
  }

  @Override
  public List<String> read(String key) {
    return journal().read(key);
  }

  @Override
  public void append(String key, List<String> entries)
      throws JournalNotWrittenException, PermanentFailureException, InterruptedException {
    PartitionJournal journal = journal();
    String what = "the journal of " + partition.partition();
    for (int attempt = 1; ; attempt++) {
      CommitResult result =
          partition.append(entries.stream().map(value -> journal.record(key, value)).toList());
      metrics.journaled(result);
      if (result instanceof CommitResult.Committed) {
        journal.appended(key, entries);
        return;
      } else if (result instanceof CommitResult.Rejected rejected) {
        throw new PermanentFailureException(
            what + " does not take an entry: " + rejected.cause().getMessage());
      } else if (result instanceof CommitResult.Aborted aborted) {
        if (attempt < ATTEMPTS) {
          Thread.sleep(WAITS.waitAfter(attempt).toMillis());
          continue;
        }
        throw new JournalNotWrittenException(what + " could not be written", aborted.cause());
      } else if (result instanceof CommitResult.Unknown unknown) {
        throw new JournalNotWrittenException(what + " may have been written", unknown.cause());
      } else {
        throw new JournalNotWrittenException(what + " is no longer ours to write");
      }
    }
  }

  private PartitionJournal journal() {
    return Optional.ofNullable(partition.journal())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the stage of " + partition.partition() + " has no journal"));
  }
}
