package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.util.Locale;

/** A pattern's sample as a sentence: how many have it, how many might, and how likely chance is. */
final class SampleWording {

  private SampleWording() {}

  /**
   * {@code Of 23 active clusters on version 3.2.1 2 have it, of the 260 others none (p = 0.006).}
   */
  static String sentence(Pattern pattern) {
    return "Of "
        + Prose.count(pattern.clusters(), "active cluster")
        + " "
        + trait(pattern)
        + ", "
        + Prose.number(pattern.withProblem())
        + Prose.agree(pattern.withProblem(), " has it", " have it")
        + "; of the "
        + Prose.number(pattern.others())
        + " others "
        + none(pattern.othersWithProblem())
        + p(pattern)
        + ".";
  }

  /** {@code Clusters in ap-south-1 have problems more often: 7 of 20, against 9 of 260 others.} */
  static String cohort(Pattern pattern) {
    String trouble =
        pattern.code().isEmpty() ? "a problem" : "a " + DataText.words(pattern.code()) + " problem";
    return "Clusters "
        + trait(pattern)
        + " have "
        + trouble
        + " more often than chance would have it: "
        + Prose.number(pattern.withProblem())
        + " of "
        + Prose.number(pattern.clusters())
        + ", against "
        + Prose.number(pattern.othersWithProblem())
        + " of "
        + Prose.number(pattern.others())
        + " others"
        + p(pattern)
        + ".";
  }

  private static String trait(Pattern pattern) {
    String value = DataText.name(pattern.value(), "unknown");
    return switch (pattern.dimension()) {
      case "version" -> "on version " + value;
      case "region" -> "in " + value;
      case "cloud" -> "on " + value;
      case "account_id" -> "in account " + value;
      case "customer_name" -> "of " + value;
      default -> "with " + DataText.name(pattern.dimension(), "a trait") + " " + value;
    };
  }

  private static String none(int count) {
    return count == 0 ? "none" : Prose.number(count);
  }

  /** The p-value of Fisher's exact test, one-sided. */
  private static String p(Pattern pattern) {
    return pattern.pValue() < 0.001
        ? " (p < 0.001)"
        : String.format(Locale.ROOT, " (p = %.3f)", pattern.pValue());
  }
}
