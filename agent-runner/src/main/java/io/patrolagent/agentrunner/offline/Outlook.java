package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.rule.Confidence;
import io.patrolagent.agentrunner.offline.rule.Observation;
import io.patrolagent.agentrunner.offline.rule.Words;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a finding says about the next two days: what a rule foresees from a slope or a date, or else
 * what a reason says. Only a reason code that is itself a course of events, such as {@code
 * DISK_FILLING} or {@code CERTIFICATE_EXPIRING}, says anything.
 *
 * <p>The confidence in a reason is what one statement of a collector can bear: an expiry date does
 * not move, a rate does. It is one step lower where the statement names no time within 48 hours,
 * and once more where it is itself older than a day.
 */
record Outlook(ClusterFinding finding, Confidence confidence, String event) {

  private static final Duration HORIZON = Duration.ofDays(2);
  private static final Set<String> GROWTH = Set.of("FILLING", "GROWING", "RISING", "EXHAUSTING");
  private static final Pattern TIME_LEFT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s?(h|hours?|d|days?|min|minutes?)\\b");

  /** The outlooks of the findings, in their order; a reason that a rule bears out is one of its. */
  static List<Outlook> of(List<ClusterFinding> findings, Coverage coverage) {
    return findings.stream().flatMap(finding -> of(finding, coverage)).toList();
  }

  private static Stream<Outlook> of(ClusterFinding finding, Coverage coverage) {
    Stream<Outlook> foreseen =
        finding.forecasts().stream()
            .map(forecast -> new Outlook(finding, forecast.confidence(), forecast.event() + "."));
    Stream<Outlook> said =
        finding.cluster().riskReasons().stream()
            .filter(reason -> !isMeasured(reason, finding))
            .map(reason -> of(finding, reason, coverage))
            .flatMap(Optional::stream);
    return Stream.concat(foreseen, said);
  }

  /** A rule has looked at the same thing, and what it measured goes before what was said. */
  private static boolean isMeasured(RiskReason reason, ClusterFinding finding) {
    return finding.observations().stream()
        .map(Observation::subject)
        .anyMatch(subject -> reason.code() != null && subject.isNamedBy(reason.code()));
  }

  private static Optional<Outlook> of(
      ClusterFinding finding, RiskReason reason, Coverage coverage) {
    List<String> words = Words.of(reason.code());
    if (words.contains("EXPIRING")) {
      return Optional.of(
          new Outlook(
              finding,
              confidence(Confidence.HIGH, finding, reason, coverage),
              (words.contains("CERTIFICATE")
                      ? "will refuse connections once its certificate has expired"
                      : "will be affected once what is expiring has expired")
                  + quoted(reason)));
    }
    if (words.stream().anyMatch(GROWTH::contains)) {
      return Optional.of(
          new Outlook(
              finding,
              confidence(Confidence.MEDIUM, finding, reason, coverage),
              (words.contains("DISK")
                      ? "will run out of disk space if nothing changes"
                      : "will get worse if nothing changes")
                  + quoted(reason)));
    }
    return Optional.empty();
  }

  private static String quoted(RiskReason reason) {
    String detail = DataText.detail(reason.detail());
    return detail.isEmpty() ? "." : ": “" + detail + "”.";
  }

  private static Confidence confidence(
      Confidence best, ClusterFinding finding, RiskReason reason, Coverage coverage) {
    boolean old = finding.cluster().riskAt() == null || coverage.isOld(finding.cluster().riskAt());
    return best.lowerIf(!namesTimeWithinHorizon(reason)).lowerIf(old);
  }

  private static boolean namesTimeWithinHorizon(RiskReason reason) {
    Matcher time = TIME_LEFT.matcher(reason.detail() == null ? "" : reason.detail());
    boolean within = false;
    while (time.find()) {
      double amount = Double.parseDouble(time.group(1));
      double hours =
          switch (time.group(2).charAt(0)) {
            case 'd' -> amount * 24;
            case 'm' -> amount / 60;
            default -> amount;
          };
      within |= hours <= HORIZON.toHours();
    }
    return within;
  }
}
