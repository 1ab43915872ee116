package io.patrolagent.aggregator.snapshot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patrolagent.aggregator.history.PreviousPatrol;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes snapshots: all six queries see the database at one and the same instant, and can only read.
 * Thread-safe.
 */
public final class SnapshotTaker {

  private final Jdbi jdbi;
  private final SqlFiles files;
  private final MeterRegistry meters;

  public SnapshotTaker(Jdbi jdbi, SqlFiles files, MeterRegistry meters) {
    this.jdbi = jdbi;
    this.files = files;
    this.meters = meters;
  }

  /**
   * The part of the fleet in scope as it is now by the database's clock.
   *
   * @throws PermanentFailureException if the scope holds no active cluster, since nothing is not
   *     healthy, or if a replaced file cannot answer
   */
  public FleetSnapshot take(Scope scope) throws PermanentFailureException {
    return take(scope, Optional.empty());
  }

  /** As if {@code now} were the instant of the snapshot. */
  FleetSnapshot take(Scope scope, Instant now) throws PermanentFailureException {
    return take(scope, Optional.of(now));
  }

  private FleetSnapshot take(Scope scope, Optional<Instant> fixed)
      throws PermanentFailureException {
    return jdbi.inTransaction(
        handle -> {
          // said here and not left to the pool: one instant for all six, and no write from a file
          handle.execute("set transaction isolation level repeatable read, read only");
          return new Taking(handle, scope, fixed.orElseGet(() -> instant(handle))).take();
        });
  }

  private static Instant instant(Handle handle) {
    return handle
        .createQuery("select transaction_timestamp()")
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  /** One snapshot in its transaction. */
  private final class Taking {

    private final Handle handle;
    private final Scope scope;
    private final Instant now;

    Taking(Handle handle, Scope scope, Instant now) {
      this.handle = handle;
      this.scope = scope;
      this.now = now;
    }

    FleetSnapshot take() throws PermanentFailureException {
      ClusterCounts counts = clusterCounts();
      requireActive(counts);
      List<ResultRow> risk = rows(SnapshotQuery.RISK_DISTRIBUTION);
      List<ResultRow> health = rows(SnapshotQuery.HEALTH_DISTRIBUTION);
      AlertCounts alerts = alerts();
      IssueCounts issues = issues();
      ProblemClusters problems = ProblemClusters.of(rows(SnapshotQuery.WORST_CLUSTERS));
      List<SourceCoverage> sources =
          List.of(SourceCoverage.healthScores(health), SourceCoverage.riskSnapshots(risk));
      Optional<PreviousPatrol> previous = ReportHistory.previous(handle, scope);
      List<String> warnings =
          new ArrayList<>(SourceWarnings.of(counts.active(), previous, sources, now));
      problems.warning().ifPresent(warnings::add);
      return new FleetSnapshot(
          now,
          counts,
          new RiskDistribution(
              sum(risk, "critical"),
              sum(risk, "warning"),
              sum(risk, "healthy"),
              sum(risk, "unknown")),
          new HealthDistribution(
              sum(health, "healthy"),
              sum(health, "moderate"),
              sum(health, "poor"),
              sum(health, "unknown")),
          alerts,
          issues,
          problems.worst(),
          problems.priority(),
          sources.stream().map(SourceCoverage::freshness).toList(),
          warnings);
    }

    private ClusterCounts clusterCounts() throws PermanentFailureException {
      ResultRow row = row(SnapshotQuery.CLUSTER_COUNTS);
      return new ClusterCounts(
          row.count("total"), row.count("active"), row.count("suspended"), row.count("terminated"));
    }

    private void requireActive(ClusterCounts counts) throws PermanentFailureException {
      if (counts.active() > 0) {
        return;
      }
      String which =
          scope.isFleet() ? "the fleet has " : "the scope (" + scope.describe() + ") matches ";
      throw new PermanentFailureException(
          which
              + (counts.total() == 0
                  ? "no cluster at all"
                  : "no active cluster, only " + counts.total() + " out of service")
              + "; there is nothing to patrol, and nothing is not healthy");
    }

    private AlertCounts alerts() throws PermanentFailureException {
      ResultRow row = row(SnapshotQuery.ALERTS_24H);
      return new AlertCounts(
          row.count("firing"), row.count("resolved"), row.count("firing_from_before"));
    }

    private IssueCounts issues() throws PermanentFailureException {
      ResultRow row = row(SnapshotQuery.OPEN_ISSUES);
      return new IssueCounts(
          row.count("critical"), row.count("high"), row.count("medium"), row.count("low"));
    }

    private List<ResultRow> rows(SnapshotQuery query) throws PermanentFailureException {
      Timer.Sample sample = Timer.start(meters);
      List<ResultRow> rows = QueryRunner.run(handle, files.get(query), scope, now);
      sample.stop(meters.timer("patrol.snapshot.query", "file", query.file()));
      return rows;
    }

    private ResultRow row(SnapshotQuery query) throws PermanentFailureException {
      List<ResultRow> rows = rows(query);
      if (rows.size() != 1) {
        throw new PermanentFailureException(
            files.get(query) + " must return one row, not " + rows.size());
      }
      return rows.get(0);
    }
  }

  private static int sum(List<ResultRow> rows, String column) throws PermanentFailureException {
    int sum = 0;
    for (ResultRow row : rows) {
      sum = Math.addExact(sum, row.count(column));
    }
    return sum;
  }
}
