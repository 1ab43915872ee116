package io.patrolagent.common.stage;

/**
 * Something that has to be true before a stage reads its first record: topics, migrations. The
 * runtime runs it on its own thread and again until it succeeds, so that a service starts while
 * what it needs is still down.
 */
public interface Preparation {

  /** What is being prepared, for health and logs: {@code topics}, {@code migrations}. */
  String name();

  /**
   * Makes it true, or finds that it is.
   *
   * @throws PermanentFailureException if an operator has to act; the stage then does not start
   * @throws Exception otherwise, to be tried again
   */
  void run() throws Exception;
}
