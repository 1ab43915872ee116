package io.patrolagent.reportsink.diff;

import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.ReasonCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts on a cluster, for tests: in service and well at a time, but for what is said. */
final class Facts {

  private final String id;
  private final Instant at;
  private final Map<String, Double> figures = new HashMap<>();
  private String name;
  private String status = "active";
  private String tier = "B";
  private @Nullable Double score = 90.0;
  private @Nullable Instant scoredAt;
  private @Nullable String risk = "Healthy";
  private @Nullable Instant riskAt;
  private List<ReasonCode> codes = List.of();

  private Facts(String id, Instant at) {
    this.id = id;
    this.name = "name of " + id;
    this.at = at;
    this.scoredAt = at;
    this.riskAt = at;
  }

  static Facts of(String id, Instant at) {
    return new Facts(id, at);
  }

  Facts named(String value) {
    name = value;
    return this;
  }

  Facts status(String value) {
    status = value;
    return this;
  }

  Facts tier(String value) {
    tier = value;
    return this;
  }

  Facts codes(ReasonCode... values) {
    codes = List.of(values);
    return this;
  }

  Facts figure(String name, double value) {
    figures.put(name, value);
    return this;
  }

  Facts score(@Nullable Double value) {
    score = value;
    return this;
  }

  Facts risk(@Nullable String level) {
    risk = level;
    return this;
  }

  Facts ratedHoursAgo(long hours) {
    riskAt = at.minusSeconds(hours * 3600);
    return this;
  }

  Facts neverRated() {
    risk = null;
    riskAt = null;
    return this;
  }

  Facts scoredHoursAgo(long hours) {
    scoredAt = at.minusSeconds(hours * 3600);
    return this;
  }

  ClusterFacts build() {
    return new ClusterFacts(
        id,
        name,
        "customer of " + id,
        tier,
        "aws",
        "eu-west-1",
        "4.2.0",
        status,
        score,
        scoredAt,
        risk,
        List.of(),
        riskAt,
        figures,
        codes);
  }

  /** As a snapshot lists it. */
  ProblemCluster listed() {
    return new ProblemCluster(
        id,
        name,
        "customer of " + id,
        tier,
        "aws",
        "eu-west-1",
        "4.2.0",
        score,
        scoredAt,
        risk,
        List.of(),
        riskAt);
  }
}
