package io.patrolagent.common.stage;

import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage's own work. The runtime calls it from many threads, one record of a partition at a time,
 * and may call it again for a record that it has seen: until the runtime's transaction commits,
 * nothing has happened. What a handler does outside that transaction has to bear repetition.
 */
public interface StageHandler<I> {

  /**
   * Reads the record.
   *
   * @throws UndecodableEventException if nobody will ever read it; it becomes a dead letter
   */
  I decode(SourceRecord record) throws UndecodableEventException;

  /**
   * Does the work of one record and says what comes of it.
   *
   * @throws PermanentFailureException if no repetition can help; the patrol is given up with the
   *     exception's message as the reason
   * @throws InterruptedException if the work was interrupted because the partition was taken away
   * @throws Exception otherwise, to be tried again
   */
  Outcome handle(I input, Job job) throws Exception;

  /** When the work is no longer worth doing, or null if it always is. */
  @Nullable Instant expiresAt(I input);

  /**
   * The last entry of the stage's journal about this input, written in the transaction that ends
   * it, whether its end is an event or a failure. A stage without a journal has none.
   */
  default Optional<JournalEnd> journalEnd(I input) {
    return Optional.empty();
  }

  /**
   * How to say that the patrol is given up. Empty where that cannot be said, because this input was
   * itself the failure: the record then becomes a dead letter.
   */
  Optional<PatrolFailed> failure(I input, ReportStatus status, String reason);

  /** The same by a stage whose journal knows what the patrol has cost so far. */
  default Optional<PatrolFailed> failure(I input, ReportStatus status, String reason, Job job) {
    return failure(input, status, reason);
  }
}
