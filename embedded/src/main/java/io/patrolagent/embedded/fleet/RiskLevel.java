package io.patrolagent.embedded.fleet;

import com.fasterxml.jackson.annotation.JsonValue;

/** The risk levels as {@code byoc.cluster_risk_snapshots} spells them, mildest first. */
public enum RiskLevel {
  HEALTHY("Healthy"),
  WARNING("Warning"),
  CRITICAL("Critical");

  private final String label;

  RiskLevel(String label) {
    this.label = label;
  }

  /** The value of the column {@code risk_level}. */
  @JsonValue
  public String label() {
    return label;
  }
}
