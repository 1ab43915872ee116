package io.patrolagent.common.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A flagged cluster with all that code knows beside it. */
record Finding(
    FlaggedCluster flagged,
    @Nullable KnownCluster known,
    List<Claim> claims,
    List<ProblemChange> changes) {

  private static final int LONGEST_METRIC = 120;

  /** In the report's order. */
  static List<Finding> of(PatrolReport report, Claims claims) {
    Map<String, KnownCluster> known = KnownCluster.of(report);
    Map<String, List<ProblemChange>> changes = new HashMap<>();
    ReportDiff diff = report.diff();
    if (diff != null && diff.previous() != null) { // the first of its kind knows no change
      diff.problems()
          .forEach(p -> changes.computeIfAbsent(p.clusterId(), id -> new ArrayList<>()).add(p));
    }
    List<Finding> findings = new ArrayList<>();
    for (FlaggedCluster flagged : report.flaggedClusters()) {
      String id = flagged.clusterId();
      findings.add(
          new Finding(
              flagged,
              known.get(id),
              claims.of(ReportSection.FLAGGED_CLUSTERS, findings.size()),
              changes.getOrDefault(id, List.of())));
    }
    return findings;
  }

  @Nullable Mark mark() {
    return Claims.worst(claims);
  }

  /** What is most worth saying of its problems against the report before. */
  @Nullable Change change() {
    return changes.stream().map(ProblemChange::change).min(Comparator.naturalOrder()).orElse(null);
  }

  boolean isNewOrWorse() {
    return change() == Change.NEW || change() == Change.WORSE;
  }

  /** When the oldest of its problems was first reported. */
  @Nullable Instant since() {
    return changes.stream()
        .map(ProblemChange::since)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  int patrols() {
    return changes.stream().mapToInt(ProblemChange::patrols).max().orElse(0);
  }

  @Nullable String customer() {
    return known == null ? null : known.customer();
  }

  @Nullable String tier() {
    return known == null ? null : known.tier();
  }

  /** {@code critical}, {@code warning} or {@code info}; {@code other} for any other word. */
  String severityName() {
    String severity = flagged.severity();
    String name = severity == null ? "" : severity.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "critical", "warning", "info" -> name;
      default -> "other";
    };
  }

  /** Metrics' names and values as text, in the order they were given. */
  List<Map.Entry<String, String>> metrics() {
    List<Map.Entry<String, String>> metrics = new ArrayList<>();
    flagged.keyMetrics().forEach((name, value) -> metrics.add(Map.entry(name, text(value))));
    return metrics;
  }

  private static String text(@Nullable JsonNode value) {
    if (value == null) {
      return "null";
    }
    String text =
        value.isDouble()
            ? Figures.number(value.doubleValue())
            : value.isValueNode() ? value.asText() : value.toString();
    return text.length() <= LONGEST_METRIC ? text : text.substring(0, LONGEST_METRIC) + "…";
  }
}
