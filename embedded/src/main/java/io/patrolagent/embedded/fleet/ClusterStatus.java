package io.patrolagent.embedded.fleet;

import java.util.Locale;

/** Whether a cluster is in service. */
enum ClusterStatus {
  ACTIVE,
  SUSPENDED,
  TERMINATED;

  /** The value of the column {@code status}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
