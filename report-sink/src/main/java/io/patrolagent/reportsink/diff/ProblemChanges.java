package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ThenAndNow;
import io.patrolagent.reportsink.diff.EarlierProblems.Earlier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each problem of this report and of the one before, once, and how it stands. */
final class ProblemChanges {

  private final EarlierProblems before;
  private final KnownClusters now;
  private final Instant finishedAt;
  private final List<ProblemChange> changes = new ArrayList<>();

  private ProblemChanges(EarlierProblems before, KnownClusters now, Instant finishedAt) {
    this.before = before;
    this.now = now;
    this.finishedAt = finishedAt;
  }

  /** In no order that matters. */
  static List<ProblemChange> of(
      Set<String> flagged, EarlierProblems before, KnownClusters now, Instant finishedAt) {
    ProblemChanges changes = new ProblemChanges(before, now, finishedAt);
    flagged.forEach(changes::flagged);
    before.clusters().stream().filter(id -> !flagged.contains(id)).forEach(changes::notFlagged);
    return changes.changes;
  }

  /** Where there is no report before: nothing is new, and everything in its first patrol. */
  static List<ProblemChange> first(Set<String> flagged, KnownClusters now, Instant finishedAt) {
    List<ProblemChange> changes = new ArrayList<>();
    for (String id : flagged) {
      ClusterFacts facts = now.facts(id);
      for (ReasonCode code : orOther(now.codes(id))) {
        changes.add(
            new ProblemChange(
                id,
                facts == null ? null : facts.customerName(),
                facts == null ? null : facts.customerTier(),
                code,
                Change.PERSISTING,
                finishedAt,
                1,
                Comparison.numbers(code, null, facts),
                null));
      }
    }
    return changes;
  }

  private void flagged(String id) {
    List<ReasonCode> codes = now.codes(id);
    boolean explained = !codes.isEmpty();
    for (ReasonCode code : codes) {
      there(id, code);
    }
    for (Earlier earlier : before.of(id).values()) {
      boolean replaced = before.forSomething(id) && earlier.code() == ReasonCode.OTHER;
      if (codes.contains(earlier.code()) || (replaced && explained)) {
        continue;
      }
      if (earlier.code() != ReasonCode.OTHER || explained) {
        explained |= judged(id, earlier);
      }
    }
    if (!explained) {
      there(id, ReasonCode.OTHER);
    }
  }

  private void notFlagged(String id) {
    boolean replaced = false;
    if (before.forSomething(id)) {
      Earlier something = Objects.requireNonNull(before.of(id).get(ReasonCode.OTHER));
      for (ReasonCode code : now.codes(id)) {
        Judgement judgement = Judgement.of(id, code, before.known(), now);
        if (!before.of(id).containsKey(code) && isThere(judgement.change())) {
          add(id, code, something, judgement.change(), judgement.numbers(), judgement.note());
          replaced = true;
        }
      }
    }
    for (Earlier earlier : before.of(id).values()) {
      if (!replaced || earlier.code() != ReasonCode.OTHER) {
        judged(id, earlier);
      }
    }
  }

  /** A problem for which the cluster is flagged now. */
  private void there(String id, ReasonCode code) {
    Earlier earlier = before.of(id).get(code);
    ClusterFacts then = before.known().facts(id);
    ClusterFacts facts = now.facts(id);
    if (earlier != null) {
      Comparison comparison = Comparison.of(code, then, facts);
      add(id, code, earlier, comparison.change(), comparison.numbers(), comparison.note());
      return;
    }
    Map<String, ThenAndNow> numbers = Comparison.numbers(code, then, facts);
    Earlier cluster = before.ofReport(id).orElse(null);
    if (cluster != null && code == ReasonCode.OTHER) {
      add(id, code, cluster, Change.PERSISTING, numbers, "flagged before, for what data showed");
    } else if (cluster != null && !before.known().speaksTo(id, code)) {
      add(id, code, cluster, Change.PERSISTING, numbers, "flagged before; for what, was not known");
    } else {
      add(id, code, null, Change.NEW, numbers, null);
    }
  }

  /** An earlier problem for which it is not; says whether it is there all the same. */
  private boolean judged(String id, Earlier earlier) {
    Judgement judgement = Judgement.of(id, earlier.code(), before.known(), now);
    if (judgement.change() == Change.NOT_ASSESSED && !earlier.assessed() && isOver(id, earlier)) {
      return false;
    }
    add(id, earlier.code(), earlier, judgement.change(), judgement.numbers(), judgement.note());
    return isThere(judgement.change());
  }

  /** Of what no data will ever tell more, it is said once that nothing can be told. */
  private boolean isOver(String id, Earlier earlier) {
    boolean saidBefore = before.known().readable();
    return earlier.code() == ReasonCode.OTHER || (saidBefore && Judgement.vanished(id, now));
  }

  private void add(
      String id,
      ReasonCode code,
      @Nullable Earlier earlier,
      Change change,
      Map<String, ThenAndNow> numbers,
      @Nullable String note) {
    ClusterFacts facts = now.facts(id) == null ? before.known().facts(id) : now.facts(id);
    String customer = facts != null ? facts.customerName() : null;
    String tier = facts != null ? facts.customerTier() : null;
    int patrols = earlier == null ? 1 : earlier.patrols();
    boolean counts = earlier != null && isThere(change) && patrols < Integer.MAX_VALUE;
    changes.add(
        new ProblemChange(
            id,
            customer == null && earlier != null ? earlier.customerName() : customer,
            tier == null && earlier != null ? earlier.customerTier() : tier,
            code,
            change,
            earlier == null ? finishedAt : earlier.since(),
            counts ? patrols + 1 : patrols,
            numbers,
            note));
  }

  /** Whether this report has the problem. */
  static boolean isThere(Change change) {
    return change != Change.RESOLVED && change != Change.NOT_ASSESSED;
  }

  private static Set<ReasonCode> orOther(List<ReasonCode> codes) {
    return codes.isEmpty() ? Set.of(ReasonCode.OTHER) : new LinkedHashSet<>(codes);
  }
}
