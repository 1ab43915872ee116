package io.patrolagent.common.page;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ChangeCounts;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ThenAndNow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report against the one before, in words. */
final class Changes {

  /** The order in which they are read; what persists is counted only. */
  static final List<Change> SHOWN =
      List.of(Change.NEW, Change.WORSE, Change.BETTER, Change.RESOLVED, Change.NOT_ASSESSED);

  private final Times times;

  Changes(Times times) {
    this.times = times;
  }

  static List<ProblemChange> of(ReportDiff diff, Change change) {
    return diff.problems().stream().filter(p -> p.change() == change).toList();
  }

  /** {@code 2 new · 1 worse · 38 persisting · 4 resolved}; what there is none of is left out. */
  static String counts(ChangeCounts counts) {
    List<String> parts = new ArrayList<>();
    add(parts, counts.fresh(), Change.NEW);
    add(parts, counts.worse(), Change.WORSE);
    add(parts, counts.better(), Change.BETTER);
    add(parts, counts.persisting(), Change.PERSISTING);
    add(parts, counts.resolved(), Change.RESOLVED);
    add(parts, counts.notAssessed(), Change.NOT_ASSESSED);
    return parts.isEmpty() ? "no problem then or now" : String.join(" · ", parts);
  }

  private static void add(List<String> parts, int count, Change change) {
    if (count > 0) {
      parts.add(Figures.count(count) + " " + Wording.change(change));
    }
  }

  /** {@code Since the report of 24 Nov 19:02 CET: 2 new · …}. */
  String summary(ReportDiff diff) {
    if (diff.previous() == null) {
      return "There is no earlier scheduled report of this scope to compare with.";
    }
    String which =
        diff.previousFinishedAt() == null
            ? "the report before"
            : "the report of " + times.dayAndZone(diff.previousFinishedAt());
    return "Since " + which + ": " + counts(diff.counts());
  }

  /** {@code c-1042 (ACME, tier S): disk filling, since 23 Nov 19:02, 4 patrols; disk … 71 → 81}. */
  String sentence(ProblemChange problem) {
    StringBuilder line = new StringBuilder(problem.clusterId());
    String whose = whose(problem);
    if (!whose.isEmpty()) {
      line.append(" (").append(whose).append(')');
    }
    line.append(": ").append(Wording.reason(problem.reasonCode()));
    String since = since(problem);
    if (!since.isEmpty()) {
      line.append(", ").append(since);
    }
    for (String number : numbers(problem)) {
      line.append("; ").append(number);
    }
    if (problem.note() != null) {
      line.append("; ").append(problem.note());
    }
    return line.toString();
  }

  static String whose(ProblemChange problem) {
    return whose(problem.customerName(), problem.customerTier());
  }

  static String whose(@Nullable String customer, @Nullable String tier) {
    if (customer == null) {
      return tier == null ? "" : "tier " + tier;
    }
    return tier == null ? customer : customer + ", tier " + tier;
  }

  /** {@code since 23 Nov 19:02, 4 patrols}, as far as it is known and no news. */
  String since(ProblemChange problem) {
    if (problem.change() == Change.NEW) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    if (problem.since() != null) {
      parts.add("since " + times.day(problem.since()));
    }
    if (problem.patrols() > 0) {
      parts.add(Figures.counted(problem.patrols(), "patrol", "patrols"));
    }
    return String.join(", ", parts);
  }

  /** {@code disk_used_percent 71 → 81.5}. */
  static List<String> numbers(ProblemChange problem) {
    List<String> numbers = new ArrayList<>();
    for (Map.Entry<String, ThenAndNow> entry : problem.numbers().entrySet()) {
      ThenAndNow value = entry.getValue();
      numbers.add(entry.getKey() + " " + number(value.then()) + " → " + number(value.now()));
    }
    return numbers;
  }

  private static String number(@Nullable Double value) {
    return value == null ? "unknown" : Figures.number(value);
  }
}
