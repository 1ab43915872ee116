package io.patrolagent.agentrunner.tool;

import java.time.Duration;

/**
 * What one query of the model's may cost: how long PostgreSQL works on it; how long it waits for a
 * lock; how many rows come back at most, whatever the model asks for; and how many bytes of JSON.
 */
record QueryLimits(Duration statement, Duration lock, int maxRows, int maxBytes) {

  static final QueryLimits DEFAULT =
      new QueryLimits(Duration.ofSeconds(15), Duration.ofSeconds(2), 500, 64 * 1024);

  QueryLimits {
    if (statement.toMillis() < 1 || lock.toMillis() < 1) {
      throw new IllegalArgumentException(
          "query limits: times must be at least 1 ms, got " + statement + " and " + lock);
    }
    if (maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "query limits: rows and bytes must be at least 1, got " + maxRows + " and " + maxBytes);
    }
  }
}
