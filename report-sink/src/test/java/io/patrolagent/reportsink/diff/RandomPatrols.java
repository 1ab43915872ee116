package io.patrolagent.reportsink.diff;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.reportsink.fleet.FleetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Patrols of a small fleet in which anything happens, and whose writers write anything. */
final class RandomPatrols {

  static final List<String> IDS =
      List.of(
          "c-1",
          "c-2",
          "c-3",
          "c-10",
          "c-\"quoted\"",
          "c-\n\u202eright to left",
          "c-" + "long".repeat(2_500),
          "name of c-1",
          "name of c-2",
          "🔥");

  private static final List<String> WORDS =
      List.of(
          "disk",
          "memory",
          "certificate",
          "expires",
          "full",
          "above",
          "below",
          "95",
          "%",
          "1.500",
          "c-1",
          "c-2",
          "name of c-3",
          "if",
          "not",
          "crashing",
          "within",
          "8",
          "h",
          "critical",
          "\"",
          "\n",
          "\u202e",
          "1e999",
          "-",
          "≥");

  private final Random random;

  RandomPatrols(Random random) {
    this.random = random;
  }

  /** The newest first; the oldest perhaps of a version that did not compare. */
  List<PatrolReport> reports(int count) {
    List<PatrolReport> reports = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      Instant at = Patrols.NOW.minusSeconds(i * 43_200L);
      Patrols.Stored report =
          Patrols.report(at)
              .flags(flagged())
              .snapshot(snapshot(at))
              .recommends(words(), words(), words())
              .predicts(prediction(), prediction(), prediction());
      boolean old = reports.isEmpty() && random.nextBoolean();
      reports.add(
          0, old ? report.build() : report.compared(List.copyOf(reports), fleet(at)).build());
    }
    return reports;
  }

  List<FlaggedCluster> flagged() {
    List<FlaggedCluster> flagged = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      flagged.add(new FlaggedCluster(id(), any("critical", "warning", "?"), words(), Map.of()));
    }
    return flagged;
  }

  FleetView fleet(Instant at) {
    if (random.nextInt(5) == 0) {
      return FleetView.unavailable("no rights");
    }
    Map<String, ClusterFacts> clusters = new HashMap<>();
    for (String id : IDS) {
      if (random.nextInt(6) > 0) {
        clusters.put(id, facts(id, at).build());
      }
    }
    return new FleetView(at, clusters, List.of(), List.of(), null);
  }

  FleetSnapshot snapshot(Instant at) {
    return Patrols.snapshot(
        IDS.stream()
            .filter(id -> random.nextBoolean())
            .map(id -> facts(id, at).listed())
            .toArray(ProblemCluster[]::new));
  }

  Prediction prediction() {
    Double hours = random.nextBoolean() ? null : random.nextInt(60) - 5.0;
    return new Prediction(
        any("High", "Low", "?"),
        id(),
        random.nextBoolean() ? words() : null,
        words(),
        words(),
        null,
        hours,
        words());
  }

  private Facts facts(String id, Instant at) {
    ReasonCode[] codes = ReasonCode.values();
    Facts facts =
        Facts.of(id, at)
            .status(any("active", "active", "active", "suspended", "?"))
            .tier(any("S", "A", "B", "?"))
            .risk(any("Critical", "Warning", "Healthy", "?"))
            .score(random.nextInt(5) == 0 ? null : random.nextDouble() * 100)
            .ratedHoursAgo(random.nextInt(30))
            .scoredHoursAgo(random.nextInt(30))
            .codes(
                random
                    .ints(random.nextInt(4), 0, codes.length)
                    .mapToObj(i -> codes[i])
                    .toArray(ReasonCode[]::new));
    for (Figure figure : Figure.values()) {
      if (random.nextBoolean()) {
        double value = random.nextInt(50) == 0 ? Double.NaN : random.nextInt(100);
        facts.figure(figure.wireName(), value);
      }
    }
    return facts;
  }

  private String id() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      words.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return words.toString();
  }

  private String any(String... values) {
    return values[random.nextInt(values.length)];
  }
}
