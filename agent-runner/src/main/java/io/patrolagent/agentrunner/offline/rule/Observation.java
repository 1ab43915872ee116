package io.patrolagent.agentrunner.offline.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a rule saw on a cluster. {@code text} is a clause without a full stop, empty where
 * only the figures say something; {@code figures} are values as tools gave them, by the metric's
 * name; {@code codes} are the error codes that it rests on, to look up in the knowledge lake.
 */
public record Observation(
    Subject subject,
    String text,
    boolean critical,
    Map<String, Double> figures,
    Optional<Forecast> forecast,
    Set<String> codes) {

  public Observation {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    codes = Set.copyOf(codes);
  }

  static Observation of(Subject subject, String text) {
    return new Observation(subject, text, false, Map.of(), Optional.empty(), Set.of());
  }

  Observation critical(boolean is) {
    return new Observation(subject, text, is, figures, forecast, codes);
  }

  Observation figure(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(figures);
    more.put(name, value);
    return new Observation(subject, text, critical, more, forecast, codes);
  }

  Observation forecast(Confidence confidence, String event) {
    return new Observation(
        subject, text, critical, figures, Optional.of(new Forecast(confidence, event)), codes);
  }

  Observation codes(Set<String> found) {
    return new Observation(subject, text, critical, figures, forecast, found);
  }
}
