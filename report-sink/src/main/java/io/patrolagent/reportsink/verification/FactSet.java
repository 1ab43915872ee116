package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Fact.Standing;
import io.patrolagent.reportsink.verification.Quantity.Interval;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one cluster, or of the fleet as a whole. Not thread-safe. */
final class FactSet {

  private static final int MOST_OF_A_NAME = 2_000;
  private static final long DAY = 86_400;

  private final Map<String, List<Fact>> named = new HashMap<>();
  private final SortedFacts plain = new SortedFacts();
  private final Map<Unit, SortedFacts> measured = new EnumMap<>(Unit.class);
  private final SortedFacts instants = new SortedFacts();
  private final SortedFacts secondsOfDay = new SortedFacts();
  private final Map<String, Fact> words = new HashMap<>();

  /** How many of a list's entries have this text, by the text. */
  private final Map<String, List<Fact>> groups = new HashMap<>();

  /** Whether its numbers without a unit count things, as those of the fleet do. */
  private final boolean counts;

  FactSet(boolean counts) {
    this.counts = counts;
  }

  void addNumber(String key, Fact fact) {
    if (Double.isFinite(fact.value())) {
      addNamed(key, fact);
      addUnnamed(fact);
    }
  }

  void addUnnamed(Fact fact) {
    if (Double.isFinite(fact.value())) {
      Unit unit = fact.unit();
      SortedFacts of =
          unit == null ? plain : measured.computeIfAbsent(unit, none -> new SortedFacts());
      of.add(fact);
    }
  }

  void addInstant(Instant instant, String name, @Nullable Integer source) {
    long second = instant.getEpochSecond();
    instants.add(Fact.text(name, instant.toString(), source, Standing.RELATED).at((double) second));
    secondsOfDay.add(
        Fact.text(name, instant.toString(), source, Standing.RELATED)
            .at((double) Math.floorMod(second, DAY)));
  }

  void addWord(String word, Fact fact) {
    words.putIfAbsent(word.toLowerCase(Locale.ROOT), fact);
  }

  void addGroup(String text, Fact count) {
    List<Fact> counts =
        groups.computeIfAbsent(text.toLowerCase(Locale.ROOT), none -> new ArrayList<>(2));
    if (counts.size() < MOST_OF_A_NAME) {
      counts.add(count);
    }
  }

  /** To be found by its name alone. */
  void addNamed(String key, Fact fact) {
    if (!key.isEmpty()) {
      List<Fact> facts = named.computeIfAbsent(key, none -> new ArrayList<>(2));
      if (facts.size() < MOST_OF_A_NAME) {
        facts.add(fact);
      }
    }
  }

  List<Fact> named(String key) {
    return named.getOrDefault(key, List.of());
  }

  List<Fact> group(String text) {
    return groups.getOrDefault(text, List.of());
  }

  @Nullable Fact word(String word) {
    return words.get(word.toLowerCase(Locale.ROOT));
  }

  /** A number that reads as this one, of the same unit or of none; null if there is none. */
  @Nullable Fact like(Quantity quantity, boolean anyUnit) {
    Fact found = like(quantity, null, plain);
    if (found != null || (quantity.unit() == null && !anyUnit)) {
      return found;
    }
    for (Map.Entry<Unit, SortedFacts> entry : measured.entrySet()) {
      found = like(quantity, entry.getKey(), entry.getValue());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Fact like(Quantity quantity, @Nullable Unit unit, SortedFacts facts) {
    boolean measure = counts && unit == null && quantity.unit() != null;
    if (measure && !quantity.hasDecimals() && quantity.unit() != Unit.PERCENT) {
      return null; // 9 clusters are not 9 hours
    }
    for (Reading reading : quantity.readings()) {
      Interval interval = quantity.interval(reading);
      for (double conversion : Comparison.conversions(quantity, unit)) {
        double low = interval.low() / conversion;
        double high = interval.high() / conversion;
        Fact found = facts.within(new Interval(low, high));
        // a fall of 3 is a change of -3
        found = found == null ? facts.within(new Interval(-high, -low)) : found;
        boolean share = found != null && Math.abs(found.value()) <= 1;
        if (found != null
            && Comparison.equal(quantity, found)
            && (!measure || quantity.hasDecimals() || share)) {
          return found;
        }
      }
    }
    return null;
  }

  @Nullable Fact instant(Interval seconds) {
    return instants.within(seconds);
  }

  @Nullable Fact timeOfDay(Interval seconds) {
    return secondsOfDay.within(seconds);
  }
}
