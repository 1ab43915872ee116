package io.patrolagent.embedded.fleet;

import java.util.Locale;

/** What a node does: frontends plan queries, backends keep the data, compute nodes only work. */
enum NodeRole {
  FRONTEND("fe"),
  BACKEND("be"),
  COMPUTE("cn");

  private final String abbreviation;

  NodeRole(String abbreviation) {
    this.abbreviation = abbreviation;
  }

  /** The value of the column {@code role}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Say {@code c-0042-be-2}, the number counted from 1. */
  String nodeId(String clusterId, int number) {
    return clusterId + "-" + abbreviation + "-" + number;
  }
}
