package io.patrolagent.common.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.Coverage.SkippedCluster;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.FleetPattern;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.Outcome;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.PredictionOutcome;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.ThenAndNow;
import io.patrolagent.common.report.TrendPoint;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.report.Verification;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A morning's report with everything that checking finds, and the same one gone wrong. */
record CheckedReports(
    ReportStatus status,
    List<String> warnings,
    List<ReportSection> filled,
    @Nullable String replacement) {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final PatrolId ID = PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  static final PatrolId BEFORE = PatrolId.parse("0192f0c1-0000-7c55-8d7e-3f2a9c1b5e44");
  static final Instant DONE = Instant.parse("2026-11-25T06:02:11Z");
  static final Instant TAKEN = DONE.minusSeconds(125);
  static final Instant EVENING = Instant.parse("2026-11-24T18:02:40Z");

  static CheckedReports completed() {
    return new CheckedReports(ReportStatus.COMPLETED, List.of(), List.of(), null);
  }

  static CheckedReports degraded() {
    return new CheckedReports(
        ReportStatus.DEGRADED,
        List.of(
            "anthropic: 529 overloaded, 4 attempts; openai: 401, not tried again",
            "the offline analyst wrote this report from what the tools had answered"),
        List.of(),
        null);
  }

  static CheckedReports partial() {
    return new CheckedReports(
        ReportStatus.PARTIAL,
        List.of("FLAGGED_CLUSTERS: the section is not a JSON array; code filled it"),
        List.of(ReportSection.FLAGGED_CLUSTERS, ReportSection.CUSTOMER_SUMMARIES),
        null);
  }

  /** Every text of unknown origin is this one. */
  static CheckedReports hostile(String text) {
    return new CheckedReports(ReportStatus.PARTIAL, List.of(text), List.of(), text);
  }

  static ReportView view(PatrolReport report) {
    return new ReportView(report, trend(), BERLIN);
  }

  private String s(String text) {
    return replacement == null ? text : replacement;
  }

  private JsonNode node(double number) {
    return replacement == null ? DoubleNode.valueOf(number) : TextNode.valueOf(replacement);
  }

  PatrolReport build() {
    return new PatrolReport(
            ID,
            status,
            ReportType.MORNING,
            s("scheduler"),
            new Scope(List.of(), List.of(), List.of(), List.of(cut(s("EMEA"))), List.of()),
            s("look at compactions"),
            BEFORE,
            null,
            replacement == null ? narrative() : replacement,
            findings(),
            predictions(),
            customers(),
            actions(),
            "raw",
            snapshot(),
            warnings,
            null,
            new Usage(
                s("anthropic"),
                s("some-model"),
                120_345,
                90_000,
                2_345,
                new BigDecimal("0.84"),
                6,
                14,
                93_000),
            DONE.minusSeconds(140),
            Instant.parse("2026-11-25T06:15:00Z"),
            DONE.minusSeconds(100),
            DONE)
        .checked(verification(), diff(), coverage());
  }

  private static String cut(String text) {
    String line = text.isBlank() ? "blank" : text;
    return line.substring(0, Math.min(200, line.length()));
  }

  private static String narrative() {
    return """
        The fleet is stable but for two shifts' work: ACME's orders cluster runs full this
        afternoon, and Globex has had no backup for 31 hours.

        ## Compactions

        Nine of the thirty clusters on 3.2.1 fall behind with compaction, of four customers:
        - it began with the rollout on Monday
        - no other version shows it

        In ap-south the collector is silent; what is said of 112 clusters there is five hours old.
        """;
  }

  private List<FlaggedCluster> findings() {
    Map<String, JsonNode> disk = new LinkedHashMap<>();
    disk.put(s("disk_used_percent"), node(91.2));
    disk.put(s("growth_points_per_hour"), node(1.25));
    return List.of(
        new FlaggedCluster(s("c-1042"), s("critical"), s("disk 91 %, full about 14:00"), disk),
        new FlaggedCluster(
            s("c-0077"),
            s("critical"),
            s("backup silent for 31 h"),
            Map.of(s("backup_age_hours"), node(31))),
        new FlaggedCluster(
            s("c-0815"),
            s("warning"),
            s("compaction behind since the rollout of 3.2.1, queries slow"),
            Map.of(s("query_p99_ms"), node(1840))),
        new FlaggedCluster(
            s("c-2210"), s("warning"), s("certificate runs out within 3 days"), Map.of()),
        new FlaggedCluster(s("c-3001"), s("info"), s("noisy alerts, otherwise healthy"), Map.of()),
        new FlaggedCluster(
            s("c-0500"),
            s("critical"),
            s("rated Critical with a health score of 38.2: node down"),
            Map.of(s("health_score"), node(38.2)),
            AddedFrom.SNAPSHOT));
  }

  private List<Prediction> predictions() {
    return List.of(
        new Prediction(
            s("High"),
            s("c-2210"),
            s("the certificate runs out"),
            null,
            s("within 72 h"),
            0.0,
            72.0,
            s("c-2210: the certificate runs out within 72 h unless it is renewed.")),
        new Prediction(s("Medium"), s("c-0815 will miss its latency objective of 2 s tonight.")),
        new Prediction(s("Low"), s("More clusters on 3.2.1 will fall behind.")));
  }

  private List<CustomerSummary> customers() {
    return List.of(
        new CustomerSummary(
            s("ACME"),
            s("S"),
            s("One cluster of 14 is in trouble: c-1042 fills by 14:00. Expanding it is routine.")),
        new CustomerSummary(
            s("Globex"), s("A"), s("Backups of c-0077 are silent; everything else is healthy.")),
        new CustomerSummary(
            s("Initech"),
            s("S"),
            s("1 of 3 clusters is Critical: c-0500, node down."),
            AddedFrom.FLEET));
  }

  private List<RecommendedAction> actions() {
    return List.of(
        new RecommendedAction(
            s("Immediate"),
            s("Expand the volume of c-1042 by 200 GB before noon [runbook: disk-expand].")),
        new RecommendedAction(
            s("Immediate"), s("Rerun the backup of c-0077 and look at its agent's log.")),
        new RecommendedAction(
            s("Today"), s("Stop the rollout of 3.2.1; throttle compaction on c-0815.")),
        new RecommendedAction(s("This Week"), s("Renew the certificate of c-2210.")),
        new RecommendedAction(
            s("Immediate"), s("Bring the node of c-0500 back."), AddedFrom.SNAPSHOT));
  }

  private FleetSnapshot snapshot() {
    return new FleetSnapshot(
        TAKEN,
        new FleetSnapshot.ClusterCounts(4_120, 4_000, 100, 20),
        new FleetSnapshot.RiskDistribution(6, 41, 3_950, 3),
        new FleetSnapshot.HealthDistribution(3_900, 80, 17, 3),
        new FleetSnapshot.AlertCounts(12, 40, 3),
        new FleetSnapshot.IssueCounts(1, 2, 4, 0),
        List.of(
            new ProblemCluster(
                s("c-1042"),
                s("acme-orders"),
                s("ACME"),
                s("S"),
                s("aws"),
                s("eu-west-1"),
                s("3.2.1"),
                41.5,
                TAKEN,
                s("Critical"),
                List.of(new RiskReason(s("DISK_FILLING"), s("91 %"))),
                TAKEN)),
        List.of(),
        List.of(
            new SourceFreshness("health_scores", TAKEN, 0, 0),
            new SourceFreshness(s("risk_snapshots"), TAKEN.minusSeconds(18_000), 2, 112)),
        List.of(s("ap-south collector stale for 5 h: 112 clusters")));
  }

  private Verification verification() {
    return new Verification(
        null,
        claims(),
        List.of(
            new EvidenceSource(EvidenceSource.SNAPSHOT, null, TAKEN),
            new EvidenceSource(
                s("get_cluster_metrics"),
                s("{\"cluster_id\":\"c-1042\",\"hours\":24}"),
                DONE.minusSeconds(80)),
            new EvidenceSource(
                s("query_sql"),
                s("{\"sql\":\"select cluster_id, max(p99) from metrics group by 1\"}"),
                DONE.minusSeconds(60)),
            new EvidenceSource(EvidenceSource.FLEET, null, DONE)),
        DONE,
        List.of(
            facts("c-1042", "acme-orders", "ACME", "S", "eu-west-1", 41.5, "Critical"),
            facts("c-0077", "globex-ledger", "Globex", "A", "eu-central-1", 71.0, "Critical"),
            facts("c-0815", "hooli-search", "Hooli", "B", "eu-west-3", 64.2, "Warning"),
            facts("c-2210", "umbrella-lab", "Umbrella", "B", "eu-north-1", 82.0, "Warning"),
            facts("c-0500", "initech-tps", "Initech", "S", "me-south-1", 38.2, "Critical")),
        List.of(
            new FlaggedCluster(
                s("c-9999"), s("critical"), s("unreachable since midnight"), Map.of())),
        List.of(s("c-0500")),
        filled,
        List.of(
            new FleetPattern(
                ReasonCode.COMPACTION_BEHIND, s("version"), s("3.2.1"), 9, 4, 30, 1, 3_970),
            new FleetPattern(
                ReasonCode.COLLECTOR_STALE, "region", s("ap-south-1"), 3, 3, 112, 0, 3_888)));
  }

  private List<Claim> claims() {
    var flagged = ReportSection.FLAGGED_CLUSTERS;
    return List.of(
        claim(flagged, 0, "c-1042", "cluster_id", "c-1042", Mark.VERIFIED, null, 3),
        claim(flagged, 0, "c-1042", "disk_used_percent", "91.2", Mark.VERIFIED, "91.18", 1),
        claim(flagged, 0, "c-1042", "growth_points_per_hour", "1.25", Mark.VERIFIED, "1.25", 1),
        claim(flagged, 1, "c-0077", "severity", "critical", Mark.VERIFIED, "Critical", 0),
        claim(flagged, 1, "c-0077", "backup_age_hours", "31", Mark.VERIFIED, "31.2", 3),
        claim(flagged, 2, "c-0815", "severity", "warning", Mark.VERIFIED, "Warning", 0),
        claim(flagged, 2, "c-0815", "query_p99_ms", "1840", Mark.CONTRADICTED, "840", 2),
        claim(flagged, 3, "c-2210", "number", "3 days", Mark.UNSUPPORTED, null, null),
        claim(
            ReportSection.CUSTOMER_SUMMARIES, 0, "c-1042", "number", "14", Mark.VERIFIED, "14", 3),
        claim(
            ReportSection.RECOMMENDED_ACTIONS,
            0,
            "c-1042",
            "number",
            "200 GB",
            Mark.UNSUPPORTED,
            null,
            null),
        claim(
            ReportSection.PREDICTIONS, 1, "c-0815", "number", "2 s", Mark.UNSUPPORTED, null, null),
        claim(
            ReportSection.FLEET_NARRATIVE,
            null,
            null,
            "number",
            "31 hours",
            Mark.VERIFIED,
            "31.2",
            3),
        claim(ReportSection.FLEET_NARRATIVE, null, null, "number", "112", Mark.VERIFIED, "112", 0));
  }

  private Claim claim(
      ReportSection section,
      @Nullable Integer entry,
      @Nullable String cluster,
      String name,
      String written,
      Mark mark,
      @Nullable String found,
      @Nullable Integer source) {
    return new Claim(
        section,
        entry,
        cluster == null ? null : s(cluster),
        s(name),
        s(written),
        mark,
        found == null ? null : s(found),
        source);
  }

  private ClusterFacts facts(
      String id,
      String name,
      String customer,
      String tier,
      String region,
      double score,
      String risk) {
    return new ClusterFacts(
        s(id),
        s(name),
        s(customer),
        s(tier),
        s("aws"),
        s(region),
        s("3.2.1"),
        "active",
        score,
        TAKEN,
        s(risk),
        List.of(),
        TAKEN,
        Map.of(s("disk_used_percent"), 91.18),
        List.of(ReasonCode.DISK_FILLING));
  }

  private ReportDiff diff() {
    List<ProblemChange> problems = new ArrayList<>();
    problems.add(
        problem("c-1042", "ACME", "S", ReasonCode.DISK_FILLING, Change.NEW, 1, Map.of(), null));
    problems.add(
        problem("c-0500", "Initech", "S", ReasonCode.NODE_DOWN, Change.NEW, 1, Map.of(), null));
    problems.add(
        problem(
            "c-0077",
            "Globex",
            "A",
            ReasonCode.BACKUP_OVERDUE,
            Change.WORSE,
            2,
            Map.of(s("backup_age_hours"), new ThenAndNow(19.2, 31.2)),
            "rated Critical now"));
    problems.add(
        problem(
            "c-0815",
            "Hooli",
            "B",
            ReasonCode.COMPACTION_BEHIND,
            Change.BETTER,
            5,
            Map.of(s("compaction_score"), new ThenAndNow(14.0, 9.5)),
            null));
    problems.add(
        problem(
            "c-2210",
            "Umbrella",
            "B",
            ReasonCode.CERTIFICATE_EXPIRING,
            Change.PERSISTING,
            9,
            Map.of(),
            null));
    problems.add(
        problem(
            "c-1300",
            "Globex",
            "A",
            ReasonCode.REPLICATION_LAG,
            Change.RESOLVED,
            0,
            Map.of(s("replication_lag_seconds"), new ThenAndNow(340.0, 0.4)),
            null));
    problems.add(
        problem(
            "c-4411",
            "Stark",
            "A",
            ReasonCode.QUERY_TROUBLE,
            Change.NOT_ASSESSED,
            0,
            Map.of(),
            "its collector is stale"));
    return new ReportDiff(
        BEFORE,
        EVENING,
        null,
        problems,
        List.of(
            new RecommendedAction(s("Today"), s("Rerun the backup of c-0077.")),
            new RecommendedAction(s("This Week"), s("Renew the certificate of c-2210."))),
        List.of(
            new PredictionOutcome(
                BEFORE,
                EVENING,
                s("c-1042"),
                s("High"),
                s("c-1042: disk above 90 % within 12 h."),
                Outcome.CAME_TRUE,
                s("91.18")),
            new PredictionOutcome(
                BEFORE,
                EVENING,
                s("c-1300"),
                s("Low"),
                s("c-1300 will lag further behind."),
                Outcome.DID_NOT_COME_TRUE,
                s("0.4")),
            new PredictionOutcome(
                BEFORE,
                EVENING,
                null,
                null,
                s("Customers will notice slow queries."),
                Outcome.NOT_ASSESSABLE,
                null)));
  }

  private ProblemChange problem(
      String id,
      String customer,
      String tier,
      ReasonCode reason,
      Change change,
      int patrols,
      Map<String, ThenAndNow> numbers,
      @Nullable String note) {
    Instant since = patrols == 0 ? null : DONE.minus(Duration.ofHours(12L * (patrols - 1)));
    return new ProblemChange(
        s(id),
        s(customer),
        s(tier),
        reason,
        change,
        since,
        patrols,
        numbers,
        note == null ? null : s(note));
  }

  private Coverage coverage() {
    return new Coverage(
        4_000,
        5,
        41,
        3_954,
        List.of(s("c-1042"), s("c-0077"), s("c-0815"), s("c-2210"), s("c-3001")),
        List.of(
            new SkippedCluster(
                s("c-0500"), s("Initech"), s("S"), s("the limit of rounds was reached")),
            new SkippedCluster(s("c-4411"), s("Stark"), s("A"), s("nobody asked for it"))),
        List.of(new SourceFreshness(s("risk_snapshots"), TAKEN.minusSeconds(18_000), 2, 112)));
  }

  static List<TrendPoint> trend() {
    int[] critical = {2, 3, 3, 2, 4, 5, 4, 4, 3, 3, 4, 5, 4, 6};
    int[] warning = {30, 28, 33, 35, 31, 36, 40, 42, 44, 39, 38, 37, 40, 41};
    int[] unknown = {0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3};
    List<TrendPoint> points = new ArrayList<>();
    for (int i = 0; i < critical.length; i++) {
      points.add(
          new TrendPoint(
              i == 13 ? ID : BEFORE,
              DONE.minus(Duration.ofHours(12L * (13 - i))),
              critical[i],
              warning[i],
              unknown[i],
              i == 3 ? null : critical[i] + 2));
    }
    return points;
  }
}
