package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterAlert;
import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.LogLine;
import io.patrolagent.agentrunner.offline.evidence.MetricReading;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Backups that no longer run, and whether anybody was told. */
final class BackupRule implements Rule {

  /** A night and two hours: a backup that is merely slow is younger. */
  private static final double OVERDUE_HOURS = 26;

  private static final double CRITICAL_HOURS = 72;

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    Optional<MetricReading> age =
        evidence.metrics().stream()
            .filter(reading -> Subject.BACKUP.isNamedBy(reading.metric()))
            .filter(reading -> Words.anyOf(reading.metric(), Set.of("HOURS")))
            .filter(reading -> reading.latest() != null)
            .findFirst();
    return age.isPresent() ? byAge(age.get(), evidence) : byLog(evidence, now);
  }

  private static List<Observation> byAge(MetricReading age, ClusterEvidence evidence) {
    double hours = Objects.requireNonNull(age.latest(), "filtered before");
    if (hours < OVERDUE_HOURS) {
      return List.of();
    }
    String lastLine =
        lastLine(evidence)
            .map(at -> "; the log's last word on backups is of " + Prose.shortTime(at))
            .orElse("");
    return List.of(
        Observation.of(
                Subject.BACKUP,
                "the last backup was "
                    + Prose.score(hours)
                    + " hours old"
                    + Prose.at(age.latestAt())
                    + lastLine
                    + silence(evidence))
            .critical(hours >= CRITICAL_HOURS)
            .figure(age.metric(), hours)
            .forecast(
                Confidence.HIGH,
                "cannot be restored to anything younger than its last backup, "
                    + Prose.score(hours)
                    + " hours old"
                    + Prose.at(age.latestAt())
                    + ", until backups run again"));
  }

  /** Where no metric tells: the newest line about backups is more than a night old. */
  private static List<Observation> byLog(ClusterEvidence evidence, Instant now) {
    return lastLine(evidence)
        .filter(at -> Duration.between(at, now).toMinutes() >= OVERDUE_HOURS * 60)
        .map(
            at ->
                Observation.of(
                    Subject.BACKUP,
                    "the log's last word on backups is of "
                        + Prose.shortTime(at)
                        + silence(evidence)))
        .stream()
        .toList();
  }

  private static Optional<Instant> lastLine(ClusterEvidence evidence) {
    return evidence.logs().stream()
        .filter(BackupRule::isAboutBackups)
        .map(LogLine::at)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  private static String silence(ClusterEvidence evidence) {
    boolean asked =
        evidence.tools().contains("get_cluster_alerts") && evidence.tools().contains("search_logs");
    boolean told =
        evidence.errors().stream().anyMatch(BackupRule::isAboutBackups)
            || evidence.alerts().stream().anyMatch(BackupRule::isAboutBackups);
    return asked && !told ? "; it stopped silently, without an alert or an error" : "";
  }

  private static boolean isAboutBackups(LogLine line) {
    return mentions(line.component()) || mentions(line.message());
  }

  private static boolean isAboutBackups(ClusterAlert alert) {
    return alert.firing() && (mentions(alert.name()) || mentions(alert.message()));
  }

  private static boolean mentions(String text) {
    return text.toLowerCase(Locale.ROOT).contains("backup");
  }
}
