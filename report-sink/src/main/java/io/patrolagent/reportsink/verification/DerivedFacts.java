package io.patrolagent.reportsink.verification;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.reportsink.verification.Fact.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reader works out from figures without a thought: sums, shares, and counts of findings. */
final class DerivedFacts {

  private static final List<String> TRAITS =
      List.of("customer_tier", "customer_name", "version", "region", "cloud", "risk_level");

  private DerivedFacts() {}

  /** Sums of two values of a distribution, and what all of them are in per cent. */
  static void of(FleetSnapshot snapshot, int source, FactSet fleet) {
    RiskDistribution risk = snapshot.riskDistribution();
    HealthDistribution health = snapshot.healthDistribution();
    AlertCounts alerts = snapshot.alerts24h();
    IssueCounts issues = snapshot.openIssues();
    int active = snapshot.clusterCounts().active();
    sums(fleet, source, active, risk.critical(), risk.warning(), risk.healthy(), risk.unknown());
    sums(
        fleet,
        source,
        active,
        health.healthy(),
        health.moderate(),
        health.poor(),
        health.unknown());
    sums(fleet, source, 0, alerts.firing(), alerts.firingFromBefore(), alerts.resolved());
    sums(fleet, source, 0, issues.critical(), issues.high(), issues.medium(), issues.low());
    int firing = alerts.firing() + alerts.firingFromBefore();
    // the day that alerts are counted over, and that a row may be old
    fleet.addUnnamed(derived("window", 24, Unit.HOUR, source));
    fleet.addNumber("alert firing", derived("firing alerts", firing, null, source));
    fleet.addNumber("issue open", derived("open issues", issues.total(), null, source));
  }

  private static void sums(FactSet fleet, int source, int whole, int... parts) {
    for (int i = 0; i < parts.length; i++) {
      for (int j = i; j < parts.length; j++) {
        int sum = i == j ? parts[i] : parts[i] + parts[j];
        fleet.addUnnamed(derived("sum", sum, null, source));
        if (whole > 0) {
          fleet.addUnnamed(derived("share", 100.0 * sum / whole, Unit.PERCENT, source));
        }
      }
    }
  }

  /** How many clusters are flagged, in all, by severity and by what they have in common. */
  static void of(ParsedReport report, int answers, FactIndex index) {
    FactSet fleet = index.fleet();
    fleet.addUnnamed(derived("tool answers", answers, null, null));
    fleet.addUnnamed(derived("flagged", report.flaggedClusters().size(), null, null));
    fleet.addUnnamed(derived("predictions", report.predictions().size(), null, null));
    Map<String, Integer> counts = new HashMap<>();
    for (FlaggedCluster flagged : report.flaggedClusters()) {
      if (flagged.severity() != null) {
        counts.merge(flagged.severity(), 1, Integer::sum);
      }
      FactSet cluster = index.cluster(flagged.clusterId());
      for (String trait : TRAITS) {
        cluster.named(index.name(trait).key()).stream()
            .filter(fact -> fact.text() != null)
            .findFirst()
            .ifPresent(fact -> counts.merge(shown(trait, fact), 1, Integer::sum));
      }
    }
    counts.forEach(
        (text, count) -> fleet.addGroup(text, derived("flagged of " + text, count, null, null)));
  }

  private static String shown(String trait, Fact fact) {
    return trait.equals("customer_tier") ? "tier " + fact.shown() : fact.shown();
  }

  private static Fact derived(
      String name, double value, @Nullable Unit unit, @Nullable Integer source) {
    return Fact.number(name, value, unit, source, Standing.RELATED);
  }
}
