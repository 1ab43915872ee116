package io.patrolagent.agentrunner.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Over many snapshots: the analyst counts nothing and names nobody that the snapshot does not. */
class RandomSnapshotsTest {

  private static final int SNAPSHOTS = 150;
  private static final Pattern COUNT =
      Pattern.compile("(?<![\\w.,-])(\\d[\\d,]*)(?![\\w.,-]*\\d)(?! %)");

  /** Hours of the day, bands of the score, the date, and how old a source is. */
  private static final Pattern NO_COUNT =
      Pattern.compile(
          "last 24 hours|24 hours|\\(\\d+ (and above|to below \\d+)\\)|\\(below 60\\)"
              + "|25 November 2026 at 06:00 UTC|\\d+ (minutes|hours) old|score of [\\d.]+"
              + "|\\([^)]*%\\)|version [\\d.]+|“[^”]*”");

  private final Random random = new Random(20261125);

  @Test
  void everyCountInTheNarrativeIsTheSnapshots() throws Exception {
    for (int i = 0; i < SNAPSHOTS; i++) {
      FleetSnapshot snapshot = snapshot();
      String narrative = Reports.sections(snapshot).get(ReportSection.FLEET_NARRATIVE);

      Matcher count = COUNT.matcher(NO_COUNT.matcher(narrative).replaceAll("…"));
      List<Long> counts = new ArrayList<>();
      while (count.find()) {
        counts.add(Long.parseLong(count.group(1).replace(",", "")));
      }

      assertThat(counts).isNotEmpty();
      assertThat(known(snapshot)).as(narrative).containsAll(counts);
    }
  }

  @Test
  void everyFlaggedClusterIsTheSnapshotsAndNoCriticalOneIsMissing() {
    for (int i = 0; i < SNAPSHOTS; i++) {
      FleetSnapshot snapshot = snapshot();
      Map<ReportSection, String> sections = Reports.sections(snapshot);

      List<String> flagged =
          Reports.flagged(sections).stream().map(f -> f.get("cluster_id").textValue()).toList();

      assertThat(Reports.parsed(Reports.text(snapshot)).flaggedClusters())
          .extracting(FlaggedCluster::clusterId)
          .isEqualTo(flagged);
      assertThat(flagged).doesNotHaveDuplicates();
      assertThat(clusters(snapshot).map(ProblemCluster::clusterId)).containsAll(flagged);
      assertThat(flagged)
          .containsAll(
              clusters(snapshot)
                  .filter(c -> "Critical".equals(c.riskLevel()))
                  .map(ProblemCluster::clusterId)
                  .toList());
      assertThat(sections.get(ReportSection.FLEET_NARRATIVE).split("\n\n")).hasSizeBetween(2, 4);
    }
  }

  /** Every whole number of the snapshot, and what can be counted in its lists. */
  private static Set<Long> known(FleetSnapshot snapshot) throws Exception {
    Set<Long> known = new HashSet<>();
    numbers(EventCodec.mapper().valueToTree(snapshot), known);
    long named = clusters(snapshot).filter(RandomSnapshotsTest::isProblem).count();
    known.add(named);
    known.add(named - 5);
    known.add((long) snapshot.openIssues().total());
    known.add(
        (long) snapshot.riskDistribution().critical() + snapshot.riskDistribution().warning());
    known.add(
        clusters(snapshot)
            .filter(c -> "Critical".equals(c.riskLevel()) || "Warning".equals(c.riskLevel()))
            .count());
    for (String code : List.of("DISK_FILLING", "COMPACTION_BACKLOG", "ODD_CODE")) {
      List<ProblemCluster> with =
          clusters(snapshot)
              .filter(RandomSnapshotsTest::isProblem)
              .filter(c -> c.riskReasons().stream().anyMatch(r -> r.code().equals(code)))
              .toList();
      known.add((long) with.size());
      known.add(with.stream().map(ProblemCluster::customerName).distinct().count());
    }
    for (String tier : List.of("S", "A", "B", "C")) {
      long ofTier =
          clusters(snapshot)
              .filter(RandomSnapshotsTest::isProblem)
              .filter(c -> tier.equals(c.customerTier()))
              .count();
      // some of a tier are named, the others counted
      for (long rest = Math.max(0, ofTier - 5); rest <= ofTier; rest++) {
        known.add(rest);
      }
    }
    return known;
  }

  private static void numbers(JsonNode node, Set<Long> into) {
    if (node.isIntegralNumber()) {
      into.add(node.longValue());
    }
    node.forEach(child -> numbers(child, into));
  }

  private static Stream<ProblemCluster> clusters(FleetSnapshot snapshot) {
    return Stream.concat(snapshot.worstClusters().stream(), snapshot.priorityClusters().stream())
        .distinct();
  }

  private static boolean isProblem(ProblemCluster cluster) {
    return "Critical".equals(cluster.riskLevel())
        || "Warning".equals(cluster.riskLevel())
        || cluster.healthScore() < 70;
  }

  private FleetSnapshot snapshot() {
    int active = 1 + random.nextInt(random.nextBoolean() ? 30 : 100_000);
    int[] risk = parts(active);
    int[] health = parts(active);
    List<ProblemCluster> worst = new ArrayList<>();
    List<ProblemCluster> priority = new ArrayList<>();
    int named = random.nextInt(11);
    for (int i = 0; i < named; i++) {
      worst.add(cluster("w-" + i, pick("S", "A", "B", "C")));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      priority.add(cluster("p-" + i, pick("S", "A")));
    }
    worst.stream().filter(c -> "S".equals(c.customerTier())).forEach(priority::add);
    return new FleetSnapshot(
        Snapshots.TAKEN_AT,
        new ClusterCounts(active + 3, active, 2, 1),
        new RiskDistribution(risk[0], risk[1], risk[2], risk[3]),
        new HealthDistribution(health[0], health[1], health[2], health[3]),
        new AlertCounts(random.nextInt(50), random.nextInt(50), random.nextInt(3)),
        new IssueCounts(random.nextInt(3), random.nextInt(9), random.nextInt(9), random.nextInt(9)),
        worst,
        priority,
        List.of(
            Snapshots.source(Snapshots.RISK_SOURCE, 0, risk[3], 0),
            Snapshots.source(
                Snapshots.HEALTH_SOURCE,
                random.nextInt(40),
                health[3],
                random.nextInt(active + 1))),
        List.of());
  }

  private ProblemCluster cluster(String id, String tier) {
    List<RiskReason> reasons = new ArrayList<>();
    for (String code : List.of("DISK_FILLING", "COMPACTION_BACKLOG", "ODD_CODE")) {
      if (random.nextInt(3) == 0) {
        reasons.add(new RiskReason(code, random.nextBoolean() ? null : "detail"));
      }
    }
    return Snapshots.cluster(
        id,
        "name",
        pick("Acme", "Globex", "Hooli", "Initech"),
        tier,
        pick("eu-west-1", "us-east-1"),
        pick("3.1.0", "3.2.1"),
        random.nextInt(1000) / 10.0,
        pick("Critical", "Warning", "Healthy"),
        reasons.toArray(RiskReason[]::new));
  }

  /** Four counts that add up to the whole, often zero. */
  private int[] parts(int whole) {
    int[] parts = new int[4];
    int left = whole;
    for (int i = 0; i < 3; i++) {
      parts[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(left + 1);
      left -= parts[i];
    }
    parts[3] = left;
    return parts;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
