package io.patrolagent.agentrunner;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Snapshots written by hand, all taken at the same time. */
public final class Snapshots {

  public static final Instant TAKEN_AT = Instant.parse("2026-11-25T06:00:00Z");
  public static final String RISK_SOURCE = "risk_snapshots";
  public static final String HEALTH_SOURCE = "health_scores";

  private static final List<SourceFreshness> FRESH =
      List.of(source(RISK_SOURCE, 0, 0, 0), source(HEALTH_SOURCE, 0, 0, 0));

  private Snapshots() {}

  public static PatrolRequest request() {
    return request(Scope.FLEET, null);
  }

  public static PatrolRequest request(Scope scope, String focus) {
    return new PatrolRequest(
        PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44"),
        ReportType.MORNING,
        "test",
        scope,
        focus,
        TAKEN_AT.minusSeconds(5),
        null,
        TAKEN_AT.plus(Duration.ofHours(12)),
        null);
  }

  /** Everything known, fresh and well. */
  public static FleetSnapshot healthy(int active) {
    return new FleetSnapshot(
        TAKEN_AT,
        new ClusterCounts(active, active, 0, 0),
        new RiskDistribution(0, 0, active, 0),
        new HealthDistribution(active, 0, 0, 0),
        new AlertCounts(0, 0, 0),
        new IssueCounts(0, 0, 0, 0),
        List.of(),
        List.of(),
        FRESH,
        List.of());
  }

  /** Nothing known of any cluster. */
  public static FleetSnapshot unknown(int active) {
    return new FleetSnapshot(
        TAKEN_AT,
        new ClusterCounts(active, active, 0, 0),
        new RiskDistribution(0, 0, 0, active),
        new HealthDistribution(0, 0, 0, active),
        new AlertCounts(0, 0, 0),
        new IssueCounts(0, 0, 0, 0),
        List.of(),
        List.of(),
        List.of(
            new SourceFreshness(RISK_SOURCE, null, active, 0),
            new SourceFreshness(HEALTH_SOURCE, null, active, 0)),
        List.of());
  }

  /** All is well as of long ago. */
  public static FleetSnapshot outdated(int active, int hours) {
    return new FleetSnapshot(
        TAKEN_AT,
        new ClusterCounts(active, active, 0, 0),
        new RiskDistribution(0, 0, active, 0),
        new HealthDistribution(active, 0, 0, 0),
        new AlertCounts(0, 0, 0),
        new IssueCounts(0, 0, 0, 0),
        List.of(),
        List.of(),
        List.of(source(RISK_SOURCE, 0, 0, 0), source(HEALTH_SOURCE, hours, 0, active)),
        List.of("no health score for " + hours + " h"));
  }

  /** A few hundred clusters with every kind of trouble among them. */
  public static FleetSnapshot troubled() {
    ProblemCluster disk =
        cluster(
            "c-1042",
            "checkout",
            "Acme",
            "S",
            "eu-west-1",
            "3.2.4",
            31.5,
            "Critical",
            reason("DISK_FILLING", "Backend disks are 91.2 % full and full in about 26 hours."),
            reason("QUERY_LATENCY_HIGH", null));
    ProblemCluster certificate =
        cluster(
            "c-0077",
            "ledger",
            "Globex",
            "A",
            "us-east-1",
            "3.1.0",
            83,
            "Critical",
            reason("CERTIFICATE_EXPIRING", "The certificate expires in 1.6 days."));
    ProblemCluster healthScoreOnly =
        cluster("c-0311", "reports", "Acme", "S", "eu-west-1", "3.2.4", 58.25, "Healthy");
    return new FleetSnapshot(
        TAKEN_AT,
        new ClusterCounts(412, 400, 9, 3),
        new RiskDistribution(4, 11, 383, 2),
        new HealthDistribution(371, 20, 8, 1),
        new AlertCounts(14, 33, 2),
        new IssueCounts(1, 3, 5, 0),
        List.of(
            disk,
            compaction("c-0501", "Initech", "B", "us-east-1", 44),
            compaction("c-0502", "Umbrella", "C", "eu-central-1", 48.1),
            compaction("c-0503", "Hooli", "A", "ap-south-1", 52),
            healthScoreOnly,
            cluster(
                "c-0900",
                "batch",
                "Initech",
                "B",
                "us-east-1",
                "3.2.4",
                66,
                "Warning",
                reason("BACKUP_STALE", "Last good backup 31 h ago.")),
            cluster("c-0901", "quiet", "Initech", "B", "us-east-1", "3.2.4", 74, "Healthy")),
        List.of(disk, certificate, healthScoreOnly),
        List.of(source(RISK_SOURCE, 0, 2, 0), source(HEALTH_SOURCE, 1, 1, 7)),
        List.of());
  }

  public static FleetSnapshot withClusters(
      FleetSnapshot snapshot, List<ProblemCluster> worst, List<ProblemCluster> priority) {
    return new FleetSnapshot(
        snapshot.takenAt(),
        snapshot.clusterCounts(),
        snapshot.riskDistribution(),
        snapshot.healthDistribution(),
        snapshot.alerts24h(),
        snapshot.openIssues(),
        worst,
        priority,
        snapshot.sources(),
        snapshot.warnings());
  }

  public static ProblemCluster cluster(
      String id,
      String name,
      String customer,
      String tier,
      String region,
      String version,
      double score,
      String risk,
      RiskReason... reasons) {
    return new ProblemCluster(
        id,
        name,
        customer,
        tier,
        "aws",
        region,
        version,
        score,
        TAKEN_AT.minus(Duration.ofMinutes(20)),
        risk,
        List.of(reasons),
        TAKEN_AT.minus(Duration.ofMinutes(12)));
  }

  public static RiskReason reason(String code, String detail) {
    return new RiskReason(code, detail);
  }

  public static SourceFreshness source(String name, int hoursOld, int without, int stale) {
    return new SourceFreshness(
        name, TAKEN_AT.minus(Duration.ofHours(hoursOld).plusMinutes(7)), without, stale);
  }

  private static ProblemCluster compaction(
      String id, String customer, String tier, String region, double score) {
    return cluster(
        id,
        "warehouse-" + id.substring(2),
        customer,
        tier,
        region,
        "3.2.1",
        score,
        "Critical",
        reason("COMPACTION_BACKLOG", "Compaction score " + (int) (score * 8) + "."));
  }
}
