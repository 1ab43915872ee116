package io.patrolagent.common.page;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.report.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who asked for a report, for what, when, what writing it took, and what went wrong on the way. */
final class ReportAudit {

  private ReportAudit() {}

  static List<Fact> facts(PatrolReport report, Times times) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Report", report.reportId().toString()));
    ReportType type = report.reportType();
    String by = report.triggeredBy() == null ? "unknown" : report.triggeredBy();
    facts.add(new Fact("Trigger", (type == null ? "unknown" : type.wireName()) + ", by " + by));
    if (report.focus() != null) {
      facts.add(new Fact("Focus", report.focus()));
    }
    if (report.retryOf() != null) {
      facts.add(new Fact("Retry of", report.retryOf().toString()));
    }
    if (report.sharedWith() != null) {
      facts.add(new Fact("Shared with", report.sharedWith().toString()));
    }
    facts.add(
        new Fact(
            "Requested",
            times.minuteOrUnknown(report.requestedAt())
                + (report.dueAt() == null ? "" : "; due: " + times.minute(report.dueAt()))
                + "; started: "
                + times.minuteOrUnknown(report.startedAt())
                + "; finished: "
                + times.minute(report.finishedAt())));
    Usage usage = report.usage();
    if (usage != null) {
      facts.add(new Fact("Agent", agent(usage)));
    }
    Verification verification = report.verification();
    if (verification != null && verification.factsAt() != null) {
      facts.add(
          new Fact(
              "Checked", "against the fleet's tables of " + times.minute(verification.factsAt())));
    }
    return facts;
  }

  private static String agent(Usage usage) {
    return Figures.counted(usage.rounds(), "round", "rounds")
        + ", "
        + Figures.counted(usage.toolCalls(), "tool call", "tool calls")
        + ", "
        + Figures.age(Duration.ofMillis(usage.durationMs()))
        + " active; tokens: "
        + Figures.count(usage.inputTokens())
        + " in ("
        + Figures.count(usage.cachedInputTokens())
        + " cached), "
        + Figures.count(usage.outputTokens())
        + " out";
  }

  /** The report's warnings, and those of its snapshot that are not among them. */
  static List<String> warnings(PatrolReport report) {
    List<String> all = new ArrayList<>(report.warnings());
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      snapshot.warnings().stream().filter(w -> !all.contains(w)).forEach(all::add);
    }
    return all;
  }
}
