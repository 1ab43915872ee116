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

  /** Something to do that may throw. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** One that is a single action. */
  static Preparation of(String name, Action action) {
    return new Preparation() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void run() throws Exception {
        action.run();
      }
    };
  }
}
