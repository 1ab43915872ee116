package io.patrolagent.embedded.fleet;

import org.jspecify.annotations.Nullable;

/** A row of {@code alerts.issues}; ongoing as long as nothing resolved it. */
record Issue(
    String title, String severity, double openedHoursAgo, @Nullable Double resolvedHoursAgo) {

  static Issue ongoing(String title, String severity, double sinceHours) {
    return new Issue(title, severity, sinceHours, null);
  }

  String status() {
    return resolvedHoursAgo == null ? "ongoing" : "resolved";
  }
}
