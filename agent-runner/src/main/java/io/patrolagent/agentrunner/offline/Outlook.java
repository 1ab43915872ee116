package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reason says about the next two days. Only a code that is itself a course of events, such
 * as {@code DISK_FILLING} or {@code CERTIFICATE_EXPIRING}, says anything.
 *
 * <p>The confidence is what one statement of a collector can bear: an expiry date does not move, a
 * rate does. It is one step lower where the statement names no time within 48 hours, and once more
 * where it is itself older than a day.
 */
record Outlook(ClusterFinding finding, RiskReason reason, Confidence confidence, String event) {

  enum Confidence {
    HIGH("High"),
    MEDIUM("Medium"),
    LOW("Low");

    private final String label;

    Confidence(String label) {
      this.label = label;
    }

    /** As the report's format has it. */
    String label() {
      return label;
    }

    Confidence lowerIf(boolean doubtful) {
      return !doubtful ? this : this == HIGH ? MEDIUM : LOW;
    }
  }

  private static final Duration HORIZON = Duration.ofDays(2);
  private static final Set<String> GROWTH = Set.of("FILLING", "GROWING", "RISING", "EXHAUSTING");
  private static final Pattern TIME_LEFT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s?(h|hours?|d|days?|min|minutes?)\\b");

  /** The outlooks of the findings, in their order; at most one for a cluster and code. */
  static List<Outlook> of(List<ClusterFinding> findings, Coverage coverage) {
    return findings.stream()
        .flatMap(
            finding ->
                finding.cluster().riskReasons().stream()
                    .map(reason -> of(finding, reason, coverage))
                    .flatMap(Optional::stream))
        .toList();
  }

  private static Optional<Outlook> of(
      ClusterFinding finding, RiskReason reason, Coverage coverage) {
    List<String> words = ReasonCode.words(reason.code());
    if (words.contains("EXPIRING")) {
      return Optional.of(
          new Outlook(
              finding,
              reason,
              confidence(Confidence.HIGH, finding, reason, coverage),
              words.contains("CERTIFICATE")
                  ? "will refuse connections once its certificate has expired"
                  : "will be affected once what is expiring has expired"));
    }
    if (words.stream().anyMatch(GROWTH::contains)) {
      return Optional.of(
          new Outlook(
              finding,
              reason,
              confidence(Confidence.MEDIUM, finding, reason, coverage),
              words.contains("DISK")
                  ? "will run out of disk space if nothing changes"
                  : "will get worse if nothing changes"));
    }
    return Optional.empty();
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
