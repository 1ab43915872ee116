package io.patrolagent.embedded.fleet;

import org.jspecify.annotations.Nullable;

/** A row of {@code byoc.cluster_logs}; without a node where the cluster's controller wrote it. */
record LogLine(
    double hoursAgo, @Nullable String nodeId, String level, String component, String message) {

  static LogLine info(double hoursAgo, @Nullable String nodeId, String component, String message) {
    return new LogLine(hoursAgo, nodeId, "INFO", component, message);
  }

  static LogLine warn(double hoursAgo, @Nullable String nodeId, String component, String message) {
    return new LogLine(hoursAgo, nodeId, "WARN", component, message);
  }

  static LogLine error(double hoursAgo, @Nullable String nodeId, String component, String message) {
    return new LogLine(hoursAgo, nodeId, "ERROR", component, message);
  }
}
