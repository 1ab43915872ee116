package io.patrolagent.reportsink.diff;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.ReasonCode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the README says of reason codes is what the code does. {@code -Dpatrol.readme=rewrite} puts
 * the table into the README instead.
 */
class ReadmeReasonCodesTest {

  private static final String BEGIN = "<!-- reason codes -->\n";
  private static final String END = "<!-- /reason codes -->";

  @Test
  void theReadmesTableHasEveryCodeWithItsMargins() throws Exception {
    Path readme = Path.of("..").resolve("README.md");
    String text = Files.readString(readme);
    assertThat(text).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if ("rewrite".equals(System.getProperty("patrol.readme"))) {
      Files.writeString(readme, text.substring(0, begin) + table() + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end))
        .as(
            "README.md's reason codes; to regenerate them: mvn -pl report-sink -am test"
                + " -Dtest=ReadmeReasonCodesTest -Dpatrol.readme=rewrite"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(table());
  }

  private static String table() {
    return "| code | what is wrong | its numbers: worse or better from | over at |\n|---|---|---|---|\n"
        + Arrays.stream(ReasonCode.values())
            .map(
                code ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(code, meaning(code), margins(code), clear(code)))
            .collect(joining());
  }

  private static String margins(ReasonCode code) {
    return Figure.of(code).stream()
        .map(figure -> "`" + figure.wireName() + "`: " + margin(figure))
        .collect(joining("; "));
  }

  private static String margin(Figure figure) {
    String share = figure.share == 0 ? "" : " and " + number(figure.share * 100) + " %";
    String margin = number(figure.margin) + share;
    return figure.steps.length == 0
        ? margin
        : "worse at "
            + Arrays.stream(figure.steps)
                .mapToObj(ReadmeReasonCodesTest::number)
                .collect(joining(", "))
            + "; better from "
            + margin;
  }

  private static String clear(ReasonCode code) {
    return Figure.of(code).stream()
        .filter(figure -> figure.clear != null)
        .map(
            figure ->
                number(Objects.requireNonNull(figure.clear))
                    + (figure.worse == Figure.Worse.UP ? " or less" : " or more"))
        .distinct()
        .collect(joining(", "));
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String meaning(ReasonCode code) {
    return switch (code) {
      case DISK_FILLING -> "a disk is or will soon be full";
      case CERTIFICATE_EXPIRING -> "a certificate runs out within days";
      case BACKUP_OVERDUE -> "the last good backup is too old";
      case CRASH_LOOP -> "a node dies and comes back, again and again";
      case NODE_DOWN -> "a node is not running";
      case QUOTA_EXHAUSTED -> "a quota of the cloud account is used up";
      case COMPACTION_BEHIND -> "compaction does not keep up";
      case REPLICATION_LAG -> "replicas lag behind";
      case MEMORY_PRESSURE -> "memory is short";
      case CPU_PRESSURE -> "processors are";
      case QUERY_TROUBLE -> "queries are slow or fail";
      case COLLECTOR_STALE -> "what is known of the cluster is old";
      case HEALTH_POOR -> "its health score is below 60";
      case AT_RISK -> "rated Critical or Warning for no reason on this list";
      case OPEN_ISSUE -> "an issue of severity critical or high is open";
      case ALERT_FIRING -> "a critical alert fires";
      case OTHER -> "the writer flags it, and nothing in the data says why";
    };
  }
}
