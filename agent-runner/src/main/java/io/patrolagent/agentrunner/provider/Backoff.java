package io.patrolagent.agentrunner.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt, and when there is none.
 *
 * <p>Exponential from {@code base}, with half of each step left to chance, so that patrols that
 * failed together do not come back together. What the provider asks for is the floor, and chance is
 * added to it for the same reason. {@code random} gives numbers from 0 to 1.
 */
record Backoff(int attempts, Duration base, Duration mostWait, DoubleSupplier random) {

  Backoff {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more: " + attempts);
    }
  }

  /**
   * The wait after that failure, which was the {@code made}th attempt and the {@code repeated}th
   * for that reason; empty if it is not to be repeated.
   */
  Optional<Duration> after(Outcome.Failed failed, int made, int repeated) {
    if (made >= attempts || repeated > failed.reason().retries()) {
      return Optional.empty();
    }
    Duration step = step(made);
    Duration wait =
        failed
            .retryAfter()
            .map(floor -> floor.plus(share(step, random.getAsDouble() / 2)))
            .orElseGet(() -> share(step, 0.5 + random.getAsDouble() / 2));
    boolean tooLong =
        failed.retryAfter().filter(floor -> floor.compareTo(mostWait) > 0).isPresent();
    return tooLong ? Optional.empty() : Optional.of(wait);
  }

  private Duration step(int made) {
    Duration doubled = base.multipliedBy(1L << Math.min(made - 1, 20));
    return doubled.compareTo(mostWait) > 0 ? mostWait : doubled;
  }

  private static Duration share(Duration whole, double share) {
    return Duration.ofNanos((long) (whole.toNanos() * share));
  }
}
