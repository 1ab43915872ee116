package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.PreviousPatrol;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What changed since the report before: compared by what was flagged, never by its words. */
final class SinceLastTime {

  private SinceLastTime() {}

  static Optional<String> sentence(Assessment assessment) {
    return assessment.evidence().previous().map(previous -> sentence(previous, assessment));
  }

  private static String sentence(PreviousPatrol previous, Assessment assessment) {
    Set<String> now =
        assessment.findings().stream()
            .map(finding -> finding.cluster().clusterId())
            .collect(Collectors.toSet());
    Set<String> before = previous.severities().keySet();
    long stillThere = now.stream().filter(before::contains).count();
    long worse =
        assessment.findings().stream()
            .filter(finding -> finding.severity() == Severity.CRITICAL)
            .filter(
                finding ->
                    "warning".equals(previous.severities().get(finding.cluster().clusterId())))
            .count();
    long gone = before.stream().filter(id -> !now.contains(id)).count();
    List<String> changes = new ArrayList<>();
    add(changes, now.size() - stillThere, "newly flagged");
    add(changes, worse, "worse");
    add(changes, stillThere - worse, "flagged as before");
    add(changes, gone, "no longer flagged");
    return "Since the "
        + type(previous)
        + " report"
        + finished(previous.finishedAt())
        + ": "
        + (changes.isEmpty() ? "nothing was flagged then or is now" : Prose.list(changes))
        + ".";
  }

  private static void add(List<String> changes, long count, String what) {
    if (count > 0) {
      changes.add(Prose.number(count) + " " + what);
    }
  }

  private static String type(PreviousPatrol previous) {
    return DataText.name(previous.reportType(), "last").replace('_', ' ');
  }

  private static String finished(@Nullable Instant at) {
    return at == null ? "" : " of " + Prose.shortTime(at);
  }
}
