package io.patrolagent.reportsink.diff;

import static io.patrolagent.common.report.ReasonCode.DISK_FILLING;
import static io.patrolagent.common.report.ReasonCode.OPEN_ISSUE;
import static io.patrolagent.reportsink.diff.Patrols.LAST;
import static io.patrolagent.reportsink.diff.Patrols.NOW;

import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.reportsink.fleet.FleetView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A report against the one before it, beside the least that it takes in the same run: the facts of
 * the whole fleet put into a map by id, and the flagged clusters of both reports looked up and
 * sorted. Not part of the build; CONTRIBUTING says how to run it.
 */
class ReportComparisonBenchmark {

  private static final int CLUSTERS = 100_000;
  private static int sink;

  @Test
  void time_by_flagged_clusters() {
    FleetView fleet = new FleetView(NOW, facts(), List.of(), List.of(), null);
    for (int flagged : new int[] {0, 100, 1_000, 10_000, 100_000}) {
      List<FlaggedCluster> now = flagged(flagged / 2, flagged);
      List<FlaggedCluster> then = flagged(0, flagged);
      PatrolReport previous =
          Patrols.report(LAST)
              .flags(then)
              .knowing(
                  then.stream()
                      .map(c -> fleet.clusters().get(c.clusterId()))
                      .toArray(ClusterFacts[]::new))
              .build();
      double comparison =
          millis(
              () ->
                  ReportComparison.of(List.of(previous), now, Patrols.snapshot(), fleet, NOW)
                      .problems()
                      .size());
      double floor = millis(() -> floor(fleet, now, then));
      System.out.printf(
          "%,7d of %,d clusters flagged in both: %8.2f ms, floor %8.2f ms, ratio %.1f%n",
          flagged, CLUSTERS, comparison, floor, comparison / floor);
    }
  }

  private static int floor(FleetView fleet, List<FlaggedCluster> now, List<FlaggedCluster> then) {
    Map<String, ClusterFacts> byId = new HashMap<>();
    fleet.clusters().values().forEach(cluster -> byId.put(cluster.clusterId(), cluster));
    TreeSet<String> found = new TreeSet<>();
    now.forEach(cluster -> found.add(byId.get(cluster.clusterId()).clusterId()));
    then.forEach(cluster -> found.add(byId.get(cluster.clusterId()).clusterId()));
    return found.size();
  }

  /** The best of some runs after as many to warm up. */
  private static double millis(IntSupplier work) {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 40; run++) {
      long begin = System.nanoTime();
      sink += work.getAsInt();
      best = run < 20 ? best : Math.min(best, System.nanoTime() - begin);
    }
    return best / 1e6;
  }

  private static List<FlaggedCluster> flagged(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> Patrols.flagged(id(i % CLUSTERS)).get(0))
        .toList();
  }

  private static Map<String, ClusterFacts> facts() {
    Map<String, ClusterFacts> facts = new HashMap<>();
    for (int i = 0; i < CLUSTERS; i++) {
      Facts cluster =
          Facts.of(id(i), NOW)
              .figure("disk_used_percent", 80 + i % 20)
              .figure("memory_percent", i % 100)
              .figure("open_issues_high", 1)
              .codes(DISK_FILLING, OPEN_ISSUE);
      facts.put(id(i), cluster.build());
    }
    return facts;
  }

  private static String id(int i) {
    return "cluster-" + i;
  }
}
