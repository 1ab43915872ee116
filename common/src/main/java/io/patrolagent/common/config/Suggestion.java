package io.patrolagent.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that somebody probably meant. */
public final class Suggestion {

  private Suggestion() {}

  /** The nearest name, unless even that one differs in more than a quarter of the letters. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(2, name.length() / 4));
    record Candidate(String name, int distance) {}
    return known.stream()
        .map(candidate -> new Candidate(candidate, distance.apply(name, candidate)))
        .filter(candidate -> candidate.distance() >= 0)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }
}
