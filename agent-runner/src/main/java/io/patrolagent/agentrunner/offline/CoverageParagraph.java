package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the report rests on, how fresh it is, and what nobody could see. */
final class CoverageParagraph {

  private static final int WARNINGS = 5;

  private CoverageParagraph() {}

  static List<String> write(Assessment assessment) {
    Coverage coverage = assessment.coverage();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "This report was drawn by fixed rules from the snapshot of "
            + Prose.time(coverage.takenAt())
            + " alone; no metrics, logs or live infrastructure were looked at.");
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
    String name = DataText.name(source.source(), "A source");
    if (source.latestAt() == null) {
      return name + " has no row at all for an active cluster.";
    }
    List<String> lacks = new ArrayList<>();
    int without = source.clustersWithoutRow();
    if (without > 0 && without != coverage.unrated() && without != coverage.unscored()) {
      lacks.add("no row at all for " + Prose.count(without, "cluster"));
    }
    if (source.clustersStale() > 0) {
      lacks.add(
          "none from the last 24 hours for " + Prose.count(source.clustersStale(), "cluster"));
    }
    return (coverage.isStale(source)
            ? name + " is stale: its newest row was "
            : "The newest row of " + name + " was ")
        + Prose.duration(coverage.age(source.latestAt()))
        + " old"
        + (lacks.isEmpty() ? "." : ", and it has " + Prose.list(lacks) + ".");
  }

  private static void warnings(Coverage coverage, List<String> sentences) {
    List<String> warnings = coverage.warnings();
    if (!warnings.isEmpty()) {
      sentences.add(
          "The snapshot itself warns: "
              + warnings.stream()
                  .limit(WARNINGS)
                  .map(warning -> "“" + DataText.detail(warning) + "”")
                  .collect(Collectors.joining("; "))
              + (warnings.size() > WARNINGS
                  ? "; and " + (warnings.size() - WARNINGS) + " more."
                  : "."));
    }
  }
}
