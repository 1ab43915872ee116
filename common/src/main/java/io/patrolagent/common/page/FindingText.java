package io.patrolagent.common.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of a finding in words. */
final class FindingText {

  private static final int MOST_METRICS = 12;

  private FindingText() {}

  /** {@code disk_used_percent 91, growth 0.4}: the first of them. */
  static String metrics(Finding finding) {
    var metrics = finding.metrics();
    String shown =
        metrics.stream()
            .limit(MOST_METRICS)
            .map(metric -> metric.getKey() + " " + metric.getValue())
            .collect(Collectors.joining(", "));
    int more = metrics.size() - MOST_METRICS;
    return more > 0 ? shown + ", and " + more + " more" : shown;
  }

  /** {@code worse, since 23 Nov 19:02, 4 patrols}, as far as it is known. */
  static String since(Finding finding, Times times) {
    List<String> parts = new ArrayList<>();
    var change = finding.change();
    if (change != null) {
      parts.add(Wording.change(change));
    }
    if (finding.patrols() <= 1) {
      return String.join(", ", parts);
    }
    Instant since = finding.since();
    if (since != null) {
      parts.add("since " + times.day(since));
    }
    parts.add(Figures.count(finding.patrols()) + " patrols");
    return String.join(", ", parts);
  }
}
