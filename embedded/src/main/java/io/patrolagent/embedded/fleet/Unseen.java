package io.patrolagent.embedded.fleet;

/** An active cluster that some source has never said a word about: its state is unknown. */
record Unseen(boolean hasHealthScores, boolean hasRiskSnapshots) implements Condition {}
