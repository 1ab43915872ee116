package io.patrolagent.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {

  @Test
  void aRoundTellsItsLimitAndEachToolOnce() {
    assertThat(StatusText.of(running(3, 10, "query_sql", "search_logs", "query_sql")))
        .isEqualTo("round 3 of 10: query_sql ×2, search_logs");
    assertThat(StatusText.of(running(3, 0))).isEqualTo("round 3: the agent thinks");
    assertThat(StatusText.of(running(0, 0))).isEqualTo("running");
  }

  @Test
  void anEndIsNamedByItsStatus() {
    assertThat(StatusText.of(status(State.FINISHED, ReportStatus.CANCELLED, 2, 10, false)))
        .isEqualTo("cancelled");
  }

  @Test
  void whatIsLateSaysSo() {
    assertThat(StatusText.of(status(State.REQUESTED, null, 0, 0, true)))
        .isEqualTo("OVERDUE, requested");
  }

  private static PatrolStatus running(int round, int maxRounds, String... tools) {
    return status(State.RUNNING, null, round, maxRounds, false, tools);
  }

  private static PatrolStatus status(
      State state,
      ReportStatus status,
      int round,
      int maxRounds,
      boolean overdue,
      String... tools) {
    Instant at = Instant.parse("2026-11-25T07:00:00Z");
    return new PatrolStatus(
        1,
        PatrolId.random(),
        ReportType.MORNING,
        "alice",
        state,
        status,
        round,
        maxRounds,
        List.of(tools),
        "host-1",
        at,
        null,
        at.plusSeconds(60),
        at,
        at,
        null,
        at,
        overdue,
        null,
        null,
        null);
  }
}
