package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileReportTest {

  private static final String[] IDS = {
    "c-1'; drop table byoc.clusters; --",
    "c-1\nc-2",
    "\u202ec-1\u202c",
    "\"c-1\"",
    "c-1\u0000",
    "%s%n${x}",
    "c".repeat(10_000),
    "c-1-".repeat(2_500),
  };

  static String[] ids() {
    return IDS;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anIdIsNoMoreThanItIs(String id) {
    Claim claim =
        new Checked()
            .readable()
            .flag(new FlaggedCluster(id, "critical", id, Map.of()))
            .claims()
            .get(0);

    assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED);
    assertThat(claim.written()).hasSizeLessThanOrEqualTo(200);
  }

  /** Quadratic time would take minutes. */
  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "1",
        "1,",
        "1 ",
        "1.",
        "c-1 ",
        "c-",
        "a-1",
        "{",
        "[",
        "\"",
        "\\",
        "1-",
        "2026-",
        "Nov 2",
        "6 critical ",
        "91 % ",
        "1 h ",
        "(Tier S)",
        ". ",
        "\n",
        "é",
        "{\"a\":1,",
        "{\"cluster_id\":\"c-1\",\"v\":1} ",
        "…[1 characters cut; ask for less]…"
      })
  void muchOfItTakesNoLonger(String piece) {
    String text = piece.repeat(200_000 / piece.length());

    Grounding grounding =
        new Checked()
            .narrative(text)
            .flag("c-1", "critical", text, "{\"a\": 1}")
            .answer("search_logs", "{\"cluster_id\":\"c-1\"}", text)
            .answer("query_sql", "{}", "{\"rows\":[" + text)
            .grounding();

    assertThat(grounding.claims()).isNotEmpty();
  }
}
