package io.patrolagent.embedded.fleet;

import org.jspecify.annotations.Nullable;

/** A row of {@code alerts.lark_alerts}; firing as long as nothing resolved it. */
record Alert(
    String name,
    String severity,
    String message,
    double firedHoursAgo,
    @Nullable Double resolvedHoursAgo) {

  Alert {
    if (resolvedHoursAgo != null && (resolvedHoursAgo > firedHoursAgo || resolvedHoursAgo < 0)) {
      throw new IllegalArgumentException(
          "alert " + name + ": must be resolved between firing and now, was " + resolvedHoursAgo);
    }
  }

  static Alert firing(String name, String severity, String message, double sinceHours) {
    return new Alert(name, severity, message, sinceHours, null);
  }

  String status() {
    return resolvedHoursAgo == null ? "firing" : "resolved";
  }
}
