package io.patrolagent.reportsink.verification;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.reportsink.verification.ClaimList.Place;
import io.patrolagent.reportsink.verification.Fact.Standing;
import io.patrolagent.reportsink.verification.Quantity.Bound;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a flagged cluster's {@code key_metrics}: by name where the data has the name, otherwise by
 * value among all that is known of the cluster.
 */
final class KeyMetricClaims {

  private static final int DEEPEST = 4;
  private static final int MOST = 200;

  /** Names that many things have: that one of them differs contradicts nothing. */
  private static final Set<String> COMMON =
      Set.of(
          "count",
          "total",
          "value",
          "score",
          "hour",
          "limit",
          "status",
          "state",
          "severity",
          "row",
          "id",
          "matching",
          "ratio",
          "share",
          "cluster",
          "name",
          "title",
          "message",
          "reason",
          "code",
          "error",
          "warning",
          "critical",
          "healthy",
          "question",
          "dimension",
          "kind",
          "component",
          "detail",
          "node",
          "firing",
          "resolved",
          "change",
          "growth",
          "trend",
          "threshold");

  /** Texts that a cluster has one of. */
  private static final Set<String> TRAITS =
      Stream.of("customer_name", "customer_tier", "region", "version", "cloud", "risk_level")
          .map(name -> NameKey.of(name).key())
          .collect(Collectors.toUnmodifiableSet());

  private final FactIndex index;
  private final ClaimList claims;

  KeyMetricClaims(FactIndex index, ClaimList claims) {
    this.index = index;
    this.claims = claims;
  }

  void check(Place place, Map<String, JsonNode> metrics) {
    FactSet facts = index.cluster(String.valueOf(place.clusterId()));
    int[] left = {MOST};
    metrics.forEach((name, value) -> value(place, name, value, facts, DEEPEST, left));
  }

  private void value(
      Place place, String name, @Nullable JsonNode value, FactSet facts, int depth, int[] left) {
    if (value == null || value.isNull() || left[0] <= 0) {
      return;
    }
    if (value.isContainerNode()) {
      if (depth > 0 && value.isObject()) {
        value
            .properties()
            .forEach(
                f -> value(place, name + "." + f.getKey(), f.getValue(), facts, depth - 1, left));
      } else if (depth > 0) {
        value.forEach(element -> value(place, name, element, facts, depth - 1, left));
      }
      return;
    }
    left[0]--;
    if (value.isNumber()) {
      double number = value.doubleValue();
      int decimals = Math.max(0, Math.min(30, value.decimalValue().scale()));
      Quantity quantity =
          new Quantity(List.of(Reading.of(number, decimals)), NameKey.of(name).unit(), Bound.EXACT);
      number(place, name, value.asText(), quantity, facts);
    } else {
      text(place, name, value.asText().strip(), facts);
    }
  }

  private void text(Place place, String name, String text, FactSet facts) {
    if (text.isEmpty()) {
      return;
    }
    NameKey key = NameKey.of(name);
    Quantity quantity = FigureReader.whole(text);
    if (quantity != null && facts.named(key.key()).stream().noneMatch(f -> !f.isNumber())) {
      Unit unit = quantity.unit() == null ? key.unit() : quantity.unit();
      number(place, name, text, new Quantity(quantity.readings(), unit, quantity.bound()), facts);
      return;
    }
    List<Fact> named = facts.named(key.key()).stream().filter(f -> !f.isNumber()).toList();
    for (Fact fact : named) {
      if (Comparison.sameText(text, fact.shown())) {
        claims.verified(place, name, text, fact);
        return;
      }
    }
    Fact measured =
        named.stream().filter(f -> f.standing() == Standing.MEASURED).findFirst().orElse(null);
    if (measured != null && TRAITS.contains(key.key()) && text.length() <= 100) {
      claims.contradicted(place, name, text, measured);
      return;
    }
    figures(place, name, text, facts);
  }

  /** A text with figures in it is verified where all of them are. */
  private void figures(Place place, String name, String text, FactSet facts) {
    FigureCheck check = new FigureCheck(index, List.of(facts));
    Fact found = facts.word(text);
    if (found == null) {
      for (Figure figure : FigureReader.read(text)) {
        found = check.find(figure);
        if (found == null) {
          break;
        }
      }
    }
    if (found == null) {
      claims.unsupported(place, name, text);
    } else {
      claims.verified(place, name, text, found);
    }
  }

  private void number(Place place, String name, String written, Quantity quantity, FactSet facts) {
    NameKey key = NameKey.of(name);
    List<Fact> named =
        facts.named(key.key()).stream()
            .filter(Fact::isNumber)
            .filter(fact -> Unit.comparable(quantity.unit(), fact.unit()))
            .toList();
    for (Fact fact : named) {
      if (Comparison.equal(quantity, fact)) {
        claims.verified(place, name, written, fact);
        return;
      }
    }
    List<Fact> measured =
        named.stream().filter(fact -> fact.standing() == Standing.MEASURED).toList();
    Fact alike = new FigureCheck(index, List.of(facts)).find(quantity, true);
    // the fleet's tables are read after the writer: what it saw under another name may be older
    boolean seen = alike != null && measured.stream().allMatch(f -> index.isFleet(f.source()));
    if (!measured.isEmpty() && !seen && !COMMON.contains(key.key())) {
      claims.contradicted(place, name, written, nearest(quantity, measured));
    } else if (alike != null) {
      claims.verified(place, name, written, alike);
    } else {
      claims.unsupported(place, name, written);
    }
  }

  private static Fact nearest(Quantity quantity, List<Fact> facts) {
    double value = quantity.readings().get(0).value();
    return facts.stream()
        .min(Comparator.comparingDouble(fact -> Math.abs(fact.value() - value)))
        .orElseThrow();
  }
}
