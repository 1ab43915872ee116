package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Fact.Standing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what a figure of a sentence states: among the facts, then among counts of what the
 * sentence names ({@code 4 clusters on 3.2.1}), then as a share of two of its numbers or of the
 * fleet.
 */
final class SentenceCheck {

  private static final int MOST_NUMBERS = 60;

  private final FigureCheck facts;
  private final List<FactSet> scope;
  private final List<String> phrases;
  private final List<Double> numbers = new ArrayList<>();

  SentenceCheck(
      FactIndex index,
      Sentence sentence,
      List<String> phrases,
      List<Figure> figures,
      List<FactSet> scope) {
    this.facts = new FigureCheck(index, scope);
    this.scope = scope;
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
    Fact found = facts.find(figure);
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

  private @Nullable Fact count(Quantity quantity) {
    for (FactSet set : scope) {
      for (String phrase : phrases) {
        for (Fact fact : set.group(phrase)) {
          if (Comparison.equal(quantity, fact)) {
            return fact;
          }
        }
      }
    }
    return null;
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
