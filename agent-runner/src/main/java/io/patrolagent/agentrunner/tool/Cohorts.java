package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which versions, regions, clouds, accounts and customers have more than their share of problem
 * clusters. Fed cluster by cluster, so that the fleet need not fit into memory. Not thread-safe.
 *
 * <p>A cohort is tested for problems of any kind and for each reason code; the more significant
 * counts. The p-values are of single tests: {@link #tests} says how many there were.
 */
final class Cohorts {

  private static final int FEWEST_PROBLEMS = 3;
  private static final int MOST_CODES = 5;
  private static final int DIGITS = 4;

  private record Key(String dimension, String value) {}

  private static final class Counts {
    int clusters;
    int problems;
    final Map<String, Integer> codes = new TreeMap<>();

    void add(boolean problem, Set<String> reasons) {
      clusters++;
      if (problem) {
        problems++;
        reasons.forEach(code -> codes.merge(code, 1, Integer::sum));
      }
    }
  }

  private record Cohort(
      Key key, @Nullable String code, Counts counts, int hits, int otherHits, double pValue) {}

  private final Map<Key, Counts> cohorts = new LinkedHashMap<>();
  private final Counts fleet = new Counts();
  private int tests;

  /** A cluster with its values by dimension; reasons are those of a problem. */
  void add(Map<String, String> dimensions, boolean problem, Set<String> reasons) {
    fleet.add(problem, reasons);
    dimensions.forEach(
        (dimension, value) ->
            cohorts
                .computeIfAbsent(new Key(dimension, value), key -> new Counts())
                .add(problem, reasons));
  }

  /** The strongest: the least likely by chance first, each with its figures. */
  List<ObjectNode> strongest(int most) {
    FisherExact fisher = new FisherExact(fleet.clusters);
    List<Cohort> found = new ArrayList<>();
    tests = 0;
    cohorts.forEach((key, counts) -> strongest(key, counts, fisher).ifPresent(found::add));
    return found.stream()
        .sorted(
            Comparator.comparingDouble(Cohort::pValue)
                .thenComparing(Cohort::hits, Comparator.reverseOrder())
                .thenComparing(cohort -> cohort.key().dimension())
                .thenComparing(cohort -> cohort.key().value()))
        .limit(most)
        .map(this::json)
        .toList();
  }

  /** How many comparisons {@link #strongest} chose from: so many p-values are to be expected. */
  int tests() {
    return tests;
  }

  private Optional<Cohort> strongest(Key key, Counts counts, FisherExact fisher) {
    List<Cohort> candidates = new ArrayList<>();
    test(key, null, counts, counts.problems, fleet.problems, fisher, candidates);
    counts.codes.forEach(
        (code, hits) ->
            test(key, code, counts, hits, fleet.codes.getOrDefault(code, 0), fisher, candidates));
    // of equal ones the first, which is the one for problems of any kind
    return candidates.stream().min(Comparator.comparingDouble(Cohort::pValue));
  }

  private void test(
      Key key,
      @Nullable String code,
      Counts counts,
      int hits,
      int allHits,
      FisherExact fisher,
      List<Cohort> candidates) {
    int others = fleet.clusters - counts.clusters;
    if (hits < FEWEST_PROBLEMS || others == 0) {
      return;
    }
    tests++;
    int otherHits = allHits - hits;
    if ((long) hits * others > (long) otherHits * counts.clusters) {
      double p = fisher.atLeast(hits, counts.clusters, allHits);
      candidates.add(new Cohort(key, code, counts, hits, otherHits, p));
    }
  }

  private ObjectNode json(Cohort cohort) {
    int clusters = cohort.counts().clusters;
    int others = fleet.clusters - clusters;
    double share = (double) cohort.hits() / clusters;
    double otherShare = (double) cohort.otherHits() / others;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("dimension", cohort.key().dimension());
    json.put("value", cohort.key().value());
    json.put("code", cohort.code());
    json.put("clusters", clusters);
    json.put("with_problem", cohort.hits());
    json.put("share", Figures.significant(share, DIGITS));
    json.put("other_clusters", others);
    json.put("other_with_problem", cohort.otherHits());
    json.put("other_share", Figures.significant(otherShare, DIGITS));
    if (cohort.otherHits() > 0) {
      json.put("ratio", Figures.significant(share / otherShare, DIGITS));
    } else {
      json.putNull("ratio"); // none of the others has it
    }
    json.put("p_value", Figures.significant(cohort.pValue(), DIGITS));
    json.set("codes", codes(cohort.counts()));
    return json;
  }

  private static ArrayNode codes(Counts counts) {
    ArrayNode codes = JsonNodeFactory.instance.arrayNode();
    counts.codes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_CODES)
        .forEach(
            code -> codes.addObject().put("code", code.getKey()).put("clusters", code.getValue()));
    return codes;
  }
}
