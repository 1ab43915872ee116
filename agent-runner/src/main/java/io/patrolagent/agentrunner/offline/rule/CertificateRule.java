package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.LogLine;
import io.patrolagent.agentrunner.offline.evidence.MetricReading;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A certificate about to expire, and whether its renewal fails. */
final class CertificateRule implements Rule {

  private static final double SOON_DAYS = 7;
  private static final double FORECAST_DAYS = 3;
  private static final double CRITICAL_DAYS = 1;
  private static final double HOURS_PER_DAY = 24;

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    Optional<LogLine> failure = failedRenewal(evidence);
    List<Observation> byMetric =
        evidence.metrics().stream()
            .filter(reading -> Subject.CERTIFICATE.isNamedBy(reading.metric()))
            .filter(reading -> Words.anyOf(reading.metric(), Set.of("DAYS")))
            .flatMap(reading -> observe(reading, failure).stream())
            .toList();
    if (!byMetric.isEmpty() || failure.isEmpty()) {
      return byMetric;
    }
    return List.of(
        Observation.of(
                Subject.CERTIFICATE, Prose.uncapitalised(renewal(failure)).replaceFirst("^; ", ""))
            .codes(codes(failure)));
  }

  private static List<Observation> observe(MetricReading reading, Optional<LogLine> failure) {
    Double days = reading.latest();
    Instant at = reading.latestAt();
    if (days == null || at == null || days > SOON_DAYS) {
      return List.of();
    }
    Instant expiry = at.plus(Duration.ofMinutes(Math.round(days * HOURS_PER_DAY * 60)));
    Observation observation =
        Observation.of(
                Subject.CERTIFICATE,
                "the certificate had "
                    + Prose.score(days)
                    + " days left"
                    + Prose.at(at)
                    + " and expires about "
                    + Prose.shortTime(expiry)
                    + renewal(failure))
            .critical(days <= CRITICAL_DAYS)
            .figure(reading.metric(), days)
            .codes(codes(failure));
    return List.of(
        days > FORECAST_DAYS
            ? observation
            : observation.forecast(
                Confidence.HIGH,
                "refuses its clients from about "
                    + Prose.shortTime(expiry)
                    + " on, when its certificate expires, unless it is renewed"));
  }

  private static Optional<LogLine> failedRenewal(ClusterEvidence evidence) {
    return evidence.logs().stream()
        .filter(line -> Subject.CERTIFICATE.isNamedBy(line.message()))
        .filter(line -> line.message().toLowerCase(Locale.ROOT).contains("fail"))
        .findFirst();
  }

  private static String renewal(Optional<LogLine> failure) {
    return failure
        .map(
            line ->
                "; its renewal fails: “"
                    + DataText.detail(line.message())
                    + "”"
                    + Prose.at(line.at()))
        .orElse("");
  }

  private static Set<String> codes(Optional<LogLine> failure) {
    return failure.map(line -> ErrorCodes.in(line.message())).orElse(Set.of());
  }
}
