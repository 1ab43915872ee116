package io.patrolagent.common.ops;

import java.time.Duration;
import java.util.Optional;

/**
 * How a service uses its database: the name that the server shows for its connections; whether the
 * server refuses every write on them; the most of them at once, the one for health not counted; how
 * long a caller waits for one; how long an answer may take before a connection counts as dead; and
 * after how long the server itself ends a statement.
 */
public record DatabaseOptions(
    String applicationName,
    boolean readOnly,
    int poolSize,
    Duration connectionTimeout,
    Duration socketTimeout,
    Optional<Duration> statementTimeout) {

  private static final Duration SHORTEST = Duration.ofMillis(250);

  public DatabaseOptions {
    if (applicationName.isBlank()) {
      throw new IllegalArgumentException("application name must not be blank");
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException("pool size must be at least 1, got " + poolSize);
    }
    if (connectionTimeout.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "connection timeout must be at least 250 ms, got " + connectionTimeout);
    }
    if (socketTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "socket timeout must be at least 1 s, got " + socketTimeout);
    }
    statementTimeout.ifPresent(
        timeout -> {
          if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                "statement timeout must be at least 1 ms, got " + timeout);
          }
          if (timeout.compareTo(socketTimeout) >= 0) {
            throw new IllegalArgumentException(
                "statement timeout must be below the socket timeout, got " + timeout);
          }
        });
  }

  /** Reads and writes on four connections; a caller waits three seconds, an answer takes sixty. */
  public static DatabaseOptions of(String applicationName) {
    return new DatabaseOptions(
        applicationName, false, 4, Duration.ofSeconds(3), Duration.ofSeconds(60), Optional.empty());
  }

  public DatabaseOptions readOnlyPool() {
    return new DatabaseOptions(
        applicationName, true, poolSize, connectionTimeout, socketTimeout, statementTimeout);
  }

  public DatabaseOptions poolSize(int connections) {
    return new DatabaseOptions(
        applicationName, readOnly, connections, connectionTimeout, socketTimeout, statementTimeout);
  }

  public DatabaseOptions connectionTimeout(Duration timeout) {
    return new DatabaseOptions(
        applicationName, readOnly, poolSize, timeout, socketTimeout, statementTimeout);
  }

  public DatabaseOptions socketTimeout(Duration timeout) {
    return new DatabaseOptions(
        applicationName, readOnly, poolSize, connectionTimeout, timeout, statementTimeout);
  }

  public DatabaseOptions statementTimeout(Duration timeout) {
    return new DatabaseOptions(
        applicationName,
        readOnly,
        poolSize,
        connectionTimeout,
        socketTimeout,
        Optional.of(timeout));
  }
}
