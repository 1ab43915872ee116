package io.patrolagent.agentrunner.loop;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one patrol may go, however often it is resumed: model calls, tokens in and out, active
 * time, and cost in US dollars (null: no limit). Near a limit tools are withdrawn, so that what is
 * left suffices for the report.
 */
public record Limits(
    int maxRounds, long maxTokens, Duration maxDuration, @Nullable BigDecimal maxCostUsd) {

  /** What part of a limit may be used before tools are withdrawn. */
  private static final double NEAR = 0.8;

  public Limits {
    if (maxRounds < 1) {
      throw new IllegalArgumentException("limits.max_rounds must be at least 1, not " + maxRounds);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("limits.max_tokens must be at least 1, not " + maxTokens);
    }
    if (maxDuration.isNegative() || maxDuration.isZero()) {
      throw new IllegalArgumentException(
          "limits.max_duration must be positive, not " + maxDuration);
    }
  }

  /** Which limit is near or reached, in words for the report; null while there is room. */
  @Nullable String nearOf(Spent spent) {
    // the next call sends again all that the last one did
    if (spent.usage().tokens() + spent.lastCallTokens() > maxTokens * NEAR) {
      return "the limit of %,d tokens".formatted(maxTokens);
    }
    if (spent.activeTime().toMillis() > maxDuration.toMillis() * NEAR) {
      return "the limit of %d s".formatted(maxDuration.toSeconds());
    }
    if (maxCostUsd != null
        && spent.usage().costUsd().doubleValue() > maxCostUsd.doubleValue() * NEAR) {
      return "the limit of " + maxCostUsd.toPlainString() + " US dollars";
    }
    return null;
  }

  Duration left(Spent spent) {
    Duration left = maxDuration.minus(spent.activeTime());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
