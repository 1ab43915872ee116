package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a record that fails is tried while every dependency answers, and how long to wait in
 * between: exponential with full jitter from {@code first} up to {@code longest}. While a
 * dependency is down, attempts are not counted.
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(10));

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "waits must be positive and rise, not from " + first + " to " + longest);
    }
  }

  /** The wait after the n-th failure, n from 1: at least half of {@code first}. */
  public Duration waitAfter(int failures) {
    long ceiling = first.toMillis() << Math.min(failures - 1, 20);
    long capped = Math.min(ceiling, longest.toMillis());
    long floor = Math.max(1, first.toMillis() / 2);
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(floor, Math.max(capped, floor) + 1));
  }
}
