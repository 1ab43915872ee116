package io.patrolagent.common.page;

import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.Outcome;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ReportSection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words for what events and rows have closed lists of. */
final class Wording {

  static final String FILLED =
      "Code filled this section from the snapshot; the writer's could not be read.";

  private Wording() {}

  static String reason(ReasonCode code) {
    return switch (code) {
      case OTHER -> "other reasons";
      case CPU_PRESSURE -> "CPU pressure";
      default -> words(code.name());
    };
  }

  static String change(Change change) {
    return words(change.name());
  }

  static String outcome(Outcome outcome) {
    return words(outcome.name());
  }

  static String section(ReportSection section) {
    return switch (section) {
      case FLEET_NARRATIVE -> "narrative";
      case FLAGGED_CLUSTERS -> "findings";
      case PREDICTIONS -> "predictions";
      case CUSTOMER_SUMMARIES -> "customer summaries";
      case RECOMMENDED_ACTIONS -> "actions";
    };
  }

  static String symbol(Mark mark) {
    return switch (mark) {
      case VERIFIED -> "✓";
      case CONTRADICTED -> "✗";
      case UNSUPPORTED -> "?";
    };
  }

  /** {@code ✗ contradicted}. */
  static String mark(Mark mark) {
    return symbol(mark) + " " + mark.wireName();
  }

  static String added(AddedFrom from) {
    return switch (from) {
      case SNAPSHOT -> "added by code from the snapshot";
      case FLEET -> "added by code from the fleet's tables";
    };
  }

  /** {@code (added by code …)}, or nothing where a writer wrote it. */
  static String addedBehind(@Nullable AddedFrom from) {
    return from == null ? "" : " (" + added(from) + ")";
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** What stands where a section has no entry: that it was not read, or that all is well. */
  static String empty(PatrolReport report, ReportSection section, String healthy) {
    boolean unread = report.warnings().stream().anyMatch(w -> w.startsWith(section.name() + ":"));
    return unread ? "Missing or not readable, see the warnings." : healthy;
  }
}
