package io.patrolagent.common.ops;

import io.patrolagent.common.ops.HealthReport.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one check and never waits longer than a timeout for it.
 *
 * <p>A check that hangs is not asked again before it came back, so that each probe of a platform
 * does not leave one more thread behind. Not thread-safe: {@link Health} asks under its lock.
 */
final class GuardedCheck {

  private final HealthCheck check;
  private final Duration timeout;
  private @Nullable Future<?> running;

  GuardedCheck(HealthCheck check, Duration timeout) {
    this.check = check;
    this.timeout = timeout;
  }

  /** Starts the check, unless an earlier one still runs. */
  void start(ExecutorService executor) {
    if (running == null) {
      running =
          executor.submit(
              () -> {
                check.check();
                return null;
              });
    }
  }

  /** The answer, at the latest at that {@link System#nanoTime()}. */
  Result answerBy(long deadline) {
    Future<?> asked = running;
    if (asked == null) {
      throw new IllegalStateException(check.name() + " was not asked");
    }
    try {
      asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      running = null;
      return up();
    } catch (ExecutionException failed) {
      running = null;
      return down(Cause.of(failed.getCause() == null ? failed : failed.getCause()));
    } catch (TimeoutException slow) {
      return down("no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return down("interrupted while waiting for the answer");
    }
  }

  private Result up() {
    return new Result(check.name(), Optional.empty());
  }

  private Result down(String cause) {
    return new Result(check.name(), Optional.of(cause));
  }
}
