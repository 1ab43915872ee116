package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the report rests on, how fresh it is, and what nobody could see. */
final class CoverageParagraph {

  private static final int WARNINGS = 5;
  private static final int BLIND_SPOTS = 5;

  private CoverageParagraph() {}

  static List<String> write(Assessment assessment) {
    Coverage coverage = assessment.coverage();
    List<String> sentences = new ArrayList<>();
    sentences.addAll(
        MethodWording.sentences(assessment.evidence(), Prose.time(coverage.takenAt())));
    coverage.blindSpots().stream()
        .limit(BLIND_SPOTS)
        .map(spot -> blindSpot(spot, coverage))
        .forEach(sentences::add);
    if (coverage.isComplete()) {
      sentences.add(
          "Every active cluster has a risk rating and a health score, none of them older than 24"
              + " hours.");
    } else {
      unknown(coverage, sentences);
      sources(coverage, sentences);
      warnings(coverage, sentences);
    }
    String focus = DataText.detail(assessment.asked().focus());
    if (!focus.isEmpty()) {
      sentences.add(
          "The focus that was asked for (“"
              + focus
              + "”) takes a judgement that fixed rules do not have: the whole scope was treated"
              + " alike.");
    }
    return sentences;
  }

  private static String blindSpot(BlindSpot spot, Coverage coverage) {
    Instant at = spot.latestAt();
    return "Blind spot: "
        + spot.subject()
        + (at == null
            ? Prose.agree(spot.clusters(), " has", " have") + " sent no health score at all"
            : Prose.agree(spot.clusters(), " has", " have")
                + " sent no health score since "
                + Prose.shortTime(at)
                + ", "
                + Prose.duration(coverage.age(at))
                + " before the snapshot")
        + Prose.agree(
            spot.clusters(),
            "; whether it is well is unknown.",
            "; whether they are well is unknown.");
  }

  private static void unknown(Coverage coverage, List<String> sentences) {
    List<String> missing = new ArrayList<>();
    if (coverage.unrated() > 0) {
      missing.add(
          Prose.count(coverage.unrated(), "active cluster")
              + Prose.agree(coverage.unrated(), " has", " have")
              + " no risk rating");
    }
    if (coverage.unscored() > 0) {
      missing.add(
          (missing.isEmpty()
                  ? Prose.count(coverage.unscored(), "active cluster")
                  : Prose.number(coverage.unscored()))
              + Prose.agree(coverage.unscored(), " has", " have")
              + " no health score");
    }
    if (!missing.isEmpty()) {
      sentences.add(Prose.list(missing) + "; unknown is not healthy.");
    }
  }

  private static void sources(Coverage coverage, List<String> sentences) {
    if (coverage.sources().isEmpty()) {
      sentences.add("The snapshot does not say how fresh its sources are.");
      return;
    }
    coverage.sources().stream()
        .filter(coverage::isLacking)
        .filter(source -> !isSaidAlready(source, coverage))
        .map(source -> source(source, coverage))
        .forEach(sentences::add);
    if (coverage.sources().stream().noneMatch(coverage::isLacking)) {
      sentences.add("All sources are current.");
    }
  }

  /** All that it lacks is rows for the clusters whose rating or score is unknown. */
  private static boolean isSaidAlready(SourceFreshness source, Coverage coverage) {
    return !coverage.isStale(source)
        && source.clustersStale() == 0
        && (source.clustersWithoutRow() == coverage.unrated()
            || source.clustersWithoutRow() == coverage.unscored());
  }

  private static String source(SourceFreshness source, Coverage coverage) {
    String name = sourceName(source);
    if (source.latestAt() == null) {
      return "There are no " + name + " at all.";
    }
    String age = Prose.duration(coverage.age(source.latestAt()));
    String newest =
        coverage.isStale(source)
            ? Prose.capitalised(name) + " are stale: the newest was " + age + " old"
            : "The newest of the " + name + " was " + age + " old";
    List<String> lacks = new ArrayList<>();
    int stale = source.clustersStale();
    if (stale > 0) {
      lacks.add(
          Prose.count(stale, "cluster")
              + Prose.agree(stale, " has", " have")
              + " only older ones than 24 hours");
    }
    int without = source.clustersWithoutRow();
    if (without > 0 && without != coverage.unrated() && without != coverage.unscored()) {
      lacks.add(
          Prose.count(without, "cluster") + Prose.agree(without, " has", " have") + " none at all");
    }
    return newest + (lacks.isEmpty() ? "." : "; " + Prose.list(lacks) + ".");
  }

  /** {@code health scores} of the source {@code health_scores}. */
  static String sourceName(SourceFreshness source) {
    return DataText.name(source.source(), "rows of a source").replace('_', ' ');
  }

  private static void warnings(Coverage coverage, List<String> sentences) {
    List<String> warnings = coverage.warnings();
    if (!warnings.isEmpty()) {
      sentences.add(
          "The snapshot itself warns: "
              + warnings.stream()
                  .limit(WARNINGS)
                  .map(warning -> "“" + DataText.remark(warning) + "”")
                  .collect(Collectors.joining("; "))
              + (warnings.size() > WARNINGS
                  ? "; and " + (warnings.size() - WARNINGS) + " more."
                  : "."));
    }
  }
}
