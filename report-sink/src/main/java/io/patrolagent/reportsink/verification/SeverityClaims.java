package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.Mark;
import io.patrolagent.reportsink.verification.ClaimList.Place;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks a flagged cluster's severity. It is verified where the data speaks for at least that:
 * {@code critical} needs a Critical rating, a poor score, a grave reason, a firing critical alert,
 * a critical issue or something that gives out within two days; {@code warning} needs a rating, a
 * score below 80 or any reason at all. {@code critical} for a cluster that is rated Healthy, scores
 * 80 or more and has no trouble in the data is contradicted.
 */
final class SeverityClaims {

  private static final double POOR_BELOW = 60;
  private static final double HEALTHY_FROM = 80;
  private static final double SOON_HOURS = 48;

  /** Reason codes that mean loss or outage, now or within days. */
  private static final Set<String> GRAVE =
      Set.of(
          "DISK_FILLING",
          "CERTIFICATE_EXPIRING",
          "BACKUP_OVERDUE",
          "CRASH_LOOP",
          "NODE_DOWN",
          "QUOTA_EXHAUSTED",
          "HEALTH_POOR",
          "ALERT_FIRING",
          "OPEN_ISSUE");

  private static final String RISK = NameKey.of("risk_level").key();
  private static final String SCORE = NameKey.of("health_score").key();
  private static final String CODES = NameKey.of("reason_codes").key();
  private static final String CROSSES = NameKey.of("hours_to_threshold").key();
  private static final String BEYOND = NameKey.of("beyond_threshold").key();
  private static final String LEVEL = NameKey.of("level").key();

  private final FactIndex index;
  private final ClaimList claims;

  SeverityClaims(FactIndex index, ClaimList claims) {
    this.index = index;
    this.claims = claims;
  }

  void check(Place place, String severity) {
    FactSet facts = index.cluster(String.valueOf(place.clusterId()));
    String name = "severity";
    Fact ground =
        switch (Comparison.folded(severity)) {
          case "critical" -> critical(facts);
          case "warning" -> warning(facts);
          case "info" -> first(facts, List.of(RISK, SCORE), any -> true);
          default -> null;
        };
    Fact healthy = Comparison.folded(severity).equals("critical") ? healthy(facts) : null;
    if (ground != null) {
      claims.verified(place, name, severity, ground);
    } else if (healthy != null) {
      String found = "rated Healthy, with a health score of " + healthy.shown();
      claims.add(place, name, severity, Mark.CONTRADICTED, found, healthy.source());
    } else {
      claims.unsupported(place, name, severity);
    }
  }

  private static @Nullable Fact critical(FactSet facts) {
    Fact ground = text(facts, RISK, Set.of("critical"));
    ground = ground != null ? ground : below(facts, POOR_BELOW);
    ground = ground != null ? ground : grave(facts);
    if (ground == null) {
      ground = first(facts, List.of("firing alert critical"), f -> f.value() > 0);
    }
    if (ground == null) {
      ground = text(facts, FactReader.OPEN_SEVERITY, Set.of("critical"));
    }
    if (ground == null) {
      ground = first(facts, List.of(CROSSES), SeverityClaims::isSoon);
    }
    return ground == null ? text(facts, BEYOND, Set.of("true")) : ground;
  }

  private static @Nullable Fact warning(FactSet facts) {
    Fact ground = critical(facts);
    ground = ground != null ? ground : text(facts, RISK, Set.of("warning"));
    ground = ground != null ? ground : below(facts, HEALTHY_FROM);
    ground = ground != null ? ground : first(facts, List.of(CODES), any -> true);
    if (ground == null) {
      ground = first(facts, List.of(FactReader.OPEN_SEVERITY), any -> true);
    }
    return ground != null ? ground : text(facts, LEVEL, Set.of("error", "fatal"));
  }

  private static boolean isSoon(Fact fact) {
    return fact.isNumber() && fact.value() >= 0 && fact.value() <= SOON_HOURS;
  }

  private static @Nullable Fact healthy(FactSet facts) {
    Fact rated = text(facts, RISK, Set.of("healthy"));
    Fact score = first(facts, List.of(SCORE), Fact::isNumber);
    return rated == null || score == null || warning(facts) != null ? null : score;
  }

  private static @Nullable Fact grave(FactSet facts) {
    return first(facts, List.of(CODES), fact -> fact.text() != null && GRAVE.contains(fact.text()));
  }

  private static @Nullable Fact below(FactSet facts, double bound) {
    return first(facts, List.of(SCORE), f -> f.isNumber() && f.value() < bound);
  }

  private static @Nullable Fact text(FactSet facts, String name, Set<String> values) {
    return first(
        facts,
        List.of(name),
        fact -> fact.text() != null && values.contains(Comparison.folded(fact.text())));
  }

  private static @Nullable Fact first(
      FactSet facts, List<String> names, Predicate<Fact> condition) {
    return names.stream()
        .flatMap(name -> facts.named(name).stream())
        .filter(condition)
        .findFirst()
        .orElse(null);
  }
}
