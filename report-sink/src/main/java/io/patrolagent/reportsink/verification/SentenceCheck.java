package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Fact.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what a figure of a sentence states: among the facts, then among counts of what the
 * sentence names ({@code 4 clusters on 3.2.1}), then as a share of two of its numbers or of the
 * fleet.
 */
final class SentenceCheck {

  private static final int MOST_NUMBERS = 24;

  /** A smaller number without a unit is among the fleet's by chance. */
  private static final double TELLING = 100;

  private static final int MOST_COUNTS = 2_000;

  private final FigureCheck near;
  private final FigureCheck far;
  private final boolean ofFleet;
  private final List<FactSet> scope;
  private final List<String> phrases;
  private @Nullable List<Fact> counts;
  private final List<Double> numbers = new ArrayList<>();

  SentenceCheck(
      FactIndex index,
      Sentence sentence,
      List<String> phrases,
      List<Figure> figures,
      Set<String> about) {
    List<FactSet> clusters = index.factsOf(about);
    this.near = new FigureCheck(index, clusters);
    this.far = new FigureCheck(index, index.factsOfFleet());
    this.ofFleet = about.isEmpty();
    this.scope = Stream.concat(clusters.stream(), index.factsOfFleet().stream()).toList();
    this.phrases = phrases;
    for (Figure figure : figures) {
      if (figure instanceof Figure.Amount number
          && number.quantity().unit() == null
          && numbers.size() < MOST_NUMBERS) {
        number.quantity().readings().forEach(reading -> numbers.add(reading.value()));
      }
    }
    for (String whole : List.of("cluster_counts active", "cluster_counts total")) {
      index.fleet().named(index.name(whole).key()).stream()
          .limit(1)
          .forEach(fact -> numbers.add(fact.value()));
    }
  }

  @Nullable Fact find(Figure figure) {
    Fact found = near.find(figure);
    if (found == null && (ofFleet || isTelling(figure))) {
      found = far.find(figure);
    }
    if (found == null && figure instanceof Figure.Amount number) {
      Quantity quantity = number.quantity();
      if (quantity.unit() == null && !quantity.hasDecimals()) {
        found = count(quantity);
      } else if (quantity.unit() == Unit.PERCENT) {
        found = share(quantity);
      }
    }
    return found;
  }

  private static boolean isTelling(Figure figure) {
    if (!(figure instanceof Figure.Amount amount)) {
      return true;
    }
    Quantity quantity = amount.quantity();
    return quantity.unit() != null
        || quantity.hasDecimals()
        || Math.abs(quantity.readings().get(0).value()) >= TELLING;
  }

  private @Nullable Fact count(Quantity quantity) {
    return counts().stream()
        .filter(fact -> Comparison.equal(quantity, fact))
        .findFirst()
        .orElse(null);
  }

  /** How many have what the sentence names. */
  private List<Fact> counts() {
    List<Fact> known = counts;
    if (known == null) {
      known =
          scope.stream()
              .flatMap(set -> phrases.stream().flatMap(phrase -> set.group(phrase).stream()))
              .limit(MOST_COUNTS)
              .toList();
      counts = known;
    }
    return known;
  }

  private @Nullable Fact share(Quantity quantity) {
    for (double part : numbers) {
      for (double whole : numbers) {
        if (part < whole) {
          Fact share =
              Fact.number("share", 100 * part / whole, Unit.PERCENT, null, Standing.RELATED);
          if (Comparison.equal(quantity, share)) {
            return share;
          }
        }
      }
    }
    return null;
  }
}
