package io.patrolagent.reportsink;

/** What came of inserting a report. */
sealed interface Insertion {

  /** The row is this one. */
  record Inserted() implements Insertion {}

  /**
   * The patrol had ended already: whether its event is known to have been published, and whether
   * the row came from the very record that is worked on again now.
   */
  record Exists(boolean announced, boolean sameSource) implements Insertion {}
}
