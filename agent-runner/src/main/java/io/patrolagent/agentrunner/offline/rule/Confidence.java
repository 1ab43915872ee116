package io.patrolagent.agentrunner.offline.rule;

/** How sure a prediction is; the surer comes first. */
public enum Confidence {
  HIGH("High"),
  MEDIUM("Medium"),
  LOW("Low");

  private final String label;

  Confidence(String label) {
    this.label = label;
  }

  /** As the report's format has it. */
  public String label() {
    return label;
  }

  /** One step lower if something speaks against it. */
  public Confidence lowerIf(boolean doubtful) {
    return !doubtful ? this : this == HIGH ? MEDIUM : LOW;
  }
}
