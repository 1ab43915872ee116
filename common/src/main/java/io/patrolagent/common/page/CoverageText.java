package io.patrolagent.common.page;

import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.Coverage.SkippedCluster;

/** What the writer looked at, in words. */
final class CoverageText {

  private CoverageText() {}

  /** {@code 4,000 active clusters counted: 12 inspected, 40 queried, 3,948 counted only}. */
  static String summary(Coverage coverage) {
    return Figures.counted(coverage.counted(), "active cluster", "active clusters")
        + " counted: "
        + Figures.count(coverage.inspected())
        + " inspected one by one, "
        + Figures.count(coverage.queried())
        + " queried with others, "
        + Figures.count(coverage.countedOnly())
        + " counted only";
  }

  static String inspected(Coverage coverage) {
    int more = coverage.inspected() - coverage.inspectedClusters().size();
    return String.join(", ", coverage.inspectedClusters())
        + (more > 0 ? ", and " + Figures.count(more) + " more" : "");
  }

  static String skipped(SkippedCluster skipped) {
    String whose = Changes.whose(skipped.customerName(), skipped.customerTier());
    return skipped.clusterId() + (whose.isEmpty() ? "" : " (" + whose + ")") + ": " + skipped.why();
  }
}
