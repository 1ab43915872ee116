package io.patrolagent.common.ops;

/** What a process does between start and stop; {@link ServiceMain} drives it. */
public interface Service extends AutoCloseable {

  /** Adds the workers and dependencies; called once, before {@link #start()}. */
  void contribute(Health health);

  /**
   * Starts the workers and returns. What is down may come up later: only what no waiting mends is
   * thrown.
   */
  void start() throws Exception;

  /** Stops in reverse, finishing or giving up what is under way; safe to call at any time. */
  @Override
  void close() throws Exception;
}
