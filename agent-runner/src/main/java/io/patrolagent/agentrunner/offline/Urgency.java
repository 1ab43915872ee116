package io.patrolagent.agentrunner.offline;

/** How soon something has to be done; the sooner comes first. */
enum Urgency {
  IMMEDIATE("Immediate"),
  TODAY("Today"),
  THIS_WEEK("This Week");

  private final String label;

  Urgency(String label) {
    this.label = label;
  }

  /** As the report's format has it. */
  String label() {
    return label;
  }

  Urgency later() {
    return this == IMMEDIATE ? TODAY : THIS_WEEK;
  }
}
