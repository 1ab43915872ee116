package io.patrolagent.common.ops;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a database that cannot work now from one that refuses what it was asked. The former passes
 * without anybody changing the question: it is down or starts, became a replica, has no connection,
 * memory or disk left, or somebody else's lock was in the way. A probe that only reads would not
 * learn most of that.
 *
 * <p>By PostgreSQL's SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
public final class DatabaseFailure {

  /** Connections, resources, an operator's intervention, the system below. */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57P", "58");

  /** Read-only; serialization and deadlock; a lock that was not to be had. */
  private static final Set<String> PASSING_STATES = Set.of("25006", "40001", "40P01", "55P03");

  /** Of a passing class, but it is the statement that took more than an operator's limit. */
  private static final String LIMIT_OF_A_STATEMENT = "53400";

  private DatabaseFailure() {}

  /** What the database said for itself, if the failure comes of its state and passes with it. */
  public static Optional<String> passing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return isPassing(refused) && !tookTooLong(refused)
            ? Optional.of(describe(refused))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isPassing(SQLException refused) {
    String state = refused.getSQLState();
    if (state == null) {
      // the pool's own: no connection became free, and the server was not asked
      return refused instanceof SQLTransientConnectionException;
    }
    return PASSING_STATES.contains(state)
        || (PASSING_CLASSES.stream().anyMatch(state::startsWith)
            && !state.equals(LIMIT_OF_A_STATEMENT));
  }

  /**
   * Our own patience ended. That is the network's doing, or the statement's: a probe tells which.
   */
  private static boolean tookTooLong(SQLException refused) {
    return refused.getCause() instanceof SocketTimeoutException;
  }

  private static String describe(SQLException refused) {
    String state = refused.getSQLState() == null ? "" : " (SQLSTATE " + refused.getSQLState() + ")";
    return Cause.of(refused) + state;
  }
}
