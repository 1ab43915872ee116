package io.patrolagent.agentrunner.prompt;

import io.patrolagent.common.report.ReportSection;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The report's format as it is put to a model. It stands in code and not in the prompt file: the
 * parser relies on it, so whoever rewords the prompt must not be able to change it.
 */
final class SectionFormat {

  private SectionFormat() {}

  /** Every section in its order: the heading and, below it, what belongs there. */
  static String all() {
    return Arrays.stream(ReportSection.values())
        .map(section -> "## " + section.name() + "\n" + of(section))
        .collect(Collectors.joining("\n\n"));
  }

  private static String of(ReportSection section) {
    return switch (section) {
      case FLEET_NARRATIVE ->
          "Two to four paragraphs of prose: the state of the fleet with figures, what is worst"
              + " (Tier S and A first), what problems have in common, and what you could not see.";
      case FLAGGED_CLUSTERS ->
          "A JSON array and nothing else, worst first, [] where no cluster is flagged:\n"
              + "[{\"cluster_id\": \"…\", \"severity\": \"critical|warning|info\","
              + " \"reason\": \"…\", \"key_metrics\": {\"metric_name\": 12.5}}]";
      case PREDICTIONS ->
          "Bullets on the next 24-48 hours, each with your confidence:\n" + "- [High|Medium|Low] …";
      case CUSTOMER_SUMMARIES ->
          "A bullet of two or three sentences for each Tier S and A customer with issues:\n"
              + "- **Customer name** (Tier S): …";
      case RECOMMENDED_ACTIONS ->
          "Bullets in order of priority, each with its urgency:\n"
              + "- [Immediate|Today|This Week] …";
    };
  }
}
