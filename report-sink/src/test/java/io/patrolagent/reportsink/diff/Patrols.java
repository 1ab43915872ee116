package io.patrolagent.reportsink.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.Verification;
import io.patrolagent.reportsink.fleet.FleetView;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Patrols every twelve hours, the newest finished at {@link #NOW}, for tests. */
final class Patrols {

  static final Instant NOW = Instant.parse("2026-11-25T19:00:00Z");
  static final Instant LAST = NOW.minusSeconds(12 * 3600);

  private Patrols() {}

  static List<FlaggedCluster> flagged(String... ids) {
    return Arrays.stream(ids)
        .map(id -> new FlaggedCluster(id, "critical", "disk 91 % at " + id, Map.of()))
        .toList();
  }

  static FleetView fleet(ClusterFacts... facts) {
    Map<String, ClusterFacts> clusters = new LinkedHashMap<>();
    for (ClusterFacts cluster : facts) {
      clusters.put(cluster.clusterId(), cluster);
    }
    return new FleetView(NOW, clusters, List.of(), List.of(), null);
  }

  static FleetView unreadable() {
    return FleetView.unavailable("no rights");
  }

  static FleetSnapshot snapshot(ProblemCluster... worst) {
    return new FleetSnapshot(
        NOW.minusSeconds(120),
        new FleetSnapshot.ClusterCounts(12, 10, 1, 1),
        new FleetSnapshot.RiskDistribution(1, 1, 8, 0),
        new FleetSnapshot.HealthDistribution(8, 1, 1, 0),
        new FleetSnapshot.AlertCounts(1, 2, 3),
        new FleetSnapshot.IssueCounts(1, 0, 0, 0),
        List.of(worst),
        List.of(),
        List.of(),
        List.of());
  }

  /** A report, as the comparison before left it. */
  static Stored report(Instant finishedAt) {
    return new Stored(finishedAt);
  }

  /** A row to be. */
  static final class Stored {
    private final Instant finishedAt;
    private List<FlaggedCluster> flagged = List.of();
    private List<Prediction> predictions = List.of();
    private List<RecommendedAction> actions = List.of();
    private @Nullable FleetSnapshot snapshot = Patrols.snapshot();
    private @Nullable Verification verification;
    private @Nullable ReportDiff diff;

    private Stored(Instant finishedAt) {
      this.finishedAt = finishedAt;
    }

    Stored flags(String... ids) {
      return flags(Patrols.flagged(ids));
    }

    Stored flags(List<FlaggedCluster> clusters) {
      flagged = clusters;
      return this;
    }

    Stored snapshot(FleetSnapshot value) {
      snapshot = value;
      return this;
    }

    Stored predicts(Prediction... values) {
      predictions = List.of(values);
      return this;
    }

    Stored recommends(String... texts) {
      actions = Arrays.stream(texts).map(text -> new RecommendedAction("Today", text)).toList();
      return this;
    }

    /** By this version, which knew these facts, as the first of its kind. */
    Stored knowing(ClusterFacts... facts) {
      return knowing(List.of(), facts);
    }

    /** By this version, which knew these facts, after these reports. */
    Stored knowing(List<PatrolReport> earlier, ClusterFacts... facts) {
      FleetView fleet = fleet(facts);
      return compared(
          earlier, new FleetView(finishedAt, fleet.clusters(), List.of(), List.of(), null));
    }

    Stored compared(List<PatrolReport> earlier, FleetView fleet) {
      diff = ReportComparison.of(earlier, flagged, snapshot, fleet, finishedAt);
      verification =
          new Verification(
              null,
              List.of(),
              List.of(),
              fleet.at(),
              List.copyOf(fleet.clusters().values()),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      return this;
    }

    PatrolReport build() {
      return new PatrolReport(
          new PatrolId(UUID.nameUUIDFromBytes(finishedAt.toString().getBytes(UTF_8))),
          ReportStatus.COMPLETED,
          ReportType.MORNING,
          "scheduler",
          Scope.FLEET,
          null,
          null,
          null,
          "",
          flagged,
          predictions,
          List.of(),
          actions,
          null,
          snapshot,
          verification,
          diff,
          null,
          List.of(),
          null,
          null,
          finishedAt,
          null,
          finishedAt,
          finishedAt);
    }
  }
}
