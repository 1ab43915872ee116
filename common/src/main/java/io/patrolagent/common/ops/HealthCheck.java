package io.patrolagent.common.ops;

/**
 * Something whose state decides whether the process is well: a worker, the database, the broker.
 *
 * <p>{@link #check()} returns when all is well and throws the cause when it is not, so that nobody
 * can report "down" without saying why. It may be called from any thread, and should give up by
 * itself within a few seconds.
 */
public interface HealthCheck {

  /**
   * What the check is about, in lower case: {@code database}, {@code kafka}, {@code aggregator}.
   */
  String name();

  /** Returns when all is well; the message of what it throws names what is wrong, no secret. */
  void check() throws Exception;
}
