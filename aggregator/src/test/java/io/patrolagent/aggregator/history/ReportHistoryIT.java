package io.patrolagent.aggregator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.common.patrol.PatrolId;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class ReportHistoryIT {

  private final TestFleet fleet = new TestFleet();
  private final ReportHistory history = new ReportHistory(asReader());

  @Test
  void isWellWhereThereIsNoTableYet() {
    assertThatCode(history::check).doesNotThrowAnyException();
    assertThat(history.hasReport(PatrolId.random())).isFalse();
  }

  @Test
  void saysWhichRightIsMissingOnATableThatWasMadeLater() {
    fleet.reportsTable();

    assertThatThrownBy(history::check)
        .hasMessage(
            "role history_reader may not read alerts.patrol_reports; grant select on"
                + " alerts.patrol_reports to history_reader");

    fleet.execute("grant select on alerts.patrol_reports to history_reader");
    assertThatCode(history::check).doesNotThrowAnyException();
    assertThat(history.hasReport(PatrolId.random())).isFalse();
  }

  private Jdbi asReader() {
    fleet.execute(
        """
        do $$ begin
          create role history_reader login;
        exception when duplicate_object then null;
        end $$""");
    fleet.execute("grant usage on schema alerts to history_reader");
    return Jdbi.create(fleet.url(), "history_reader", "");
  }
}
