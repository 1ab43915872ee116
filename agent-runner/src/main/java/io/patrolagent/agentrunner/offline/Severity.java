package io.patrolagent.agentrunner.offline;

import java.util.Locale;

/** How bad a flagged cluster is; the worse comes first. */
enum Severity {
  CRITICAL,
  WARNING;

  /** As the report's format has it: {@code critical}. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
