package io.patrolagent.reportsink.diff;

import static io.patrolagent.common.report.ReasonCode.CRASH_LOOP;
import static io.patrolagent.common.report.ReasonCode.QUOTA_EXHAUSTED;
import static io.patrolagent.reportsink.diff.Patrols.LAST;
import static io.patrolagent.reportsink.diff.Patrols.NOW;
import static io.patrolagent.reportsink.diff.Patrols.fleet;
import static io.patrolagent.reportsink.diff.Patrols.report;
import static io.patrolagent.reportsink.diff.Patrols.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.Outcome;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.PredictionOutcome;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.reportsink.fleet.FleetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionScoresTest {

  /** As the parser reads it out of a report that was written then. */
  private static Prediction written(String text) {
    return ReportParser.parse("## PREDICTIONS\n- [High] " + text + "\n", LAST).predictions().get(0);
  }

  private static Prediction within(@Nullable Double hours, String text) {
    Prediction read = written(text);
    return new Prediction(
        read.confidence(),
        read.clusterId(),
        read.event(),
        read.threshold(),
        read.window(),
        null,
        hours,
        read.text());
  }

  private static PredictionOutcome score(String text, Facts now) {
    PatrolReport previous = report(LAST).predicts(within(8.0, text)).build();
    return score(List.of(previous), fleet(now.build()), NOW).get(0);
  }

  private static List<PredictionOutcome> score(
      List<PatrolReport> earlier, FleetView fleet, Instant at) {
    return ReportComparison.of(earlier, List.of(), snapshot(), fleet, at).predictions();
  }

  private static Facts healthy() {
    return Facts.of("c-0042", NOW)
        .score(72.0)
        .figure("disk_used_percent", 96.2)
        .figure("memory_percent", 70)
        .figure("certificate_days_left", 0.5)
        .figure("replication_lag_seconds", 300)
        .figure("query_p99_ms", 900)
        .figure("error_rate_percent", 0.4)
        .figure("restarts_24h", 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c-0042: disk usage exceeds 95 % within 8 h | came_true | disk_used_percent 96.2",
        "c-0042 will cross 98% disk within 8 h | did_not_come_true | disk_used_percent 96.2",
        "c-0042 disk reaches 96.2 % within 8 h | came_true | disk_used_percent 96.2",
        "c-0042 disk above 96.2 % within 8 h | did_not_come_true | disk_used_percent 96.2",
        "c-0042: volume runs full within 8 h | did_not_come_true | disk_used_percent 96.2",
        "c-0042: health score below 80 within 8 h | came_true | health_score 72",
        "c-0042: health score drops under 70 within 8 h | did_not_come_true | health_score 72",
        "c-0042: health score reaches 75 within 8 h | came_true | health_score 72",
        "c-0042: memory above 80 % within 8 h | did_not_come_true | memory_percent 70",
        "c-0042: replication lag over 200 s within 8 h | came_true | replication_lag_seconds 300",
        "c-0042: p99 above 500 ms within 8 h | came_true | query_p99_ms 900",
        "c-0042: its certificate expires within 8 h | did_not_come_true | certificate_days_left 0.5",
      })
  void aBoundIsPassedOrNotByTheFigureNow(String text, String outcome, String found) {
    PredictionOutcome score = score(text, healthy());

    assertThat(score.outcome().wireName()).isEqualTo(outcome);
    assertThat(score.found()).isEqualTo(found);
    assertThat(score.clusterId()).isEqualTo("c-0042");
    assertThat(score.confidence()).isEqualTo("High");
    assertThat(score.predictedAt()).isEqualTo(LAST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c-0042: disk exceeds 95 GB within 8 h",
        "c-0042: disk exceeds 1.500 % within 8 h",
        "c-0042: disk exceeds 95,5 % within 8 h",
        "c-0042: disk will not exceed 95 % within 8 h",
        "c-0042: disk won't exceed 95 % within 8 h",
        "c-0042: disk growth exceeds 5 % within 8 h",
        "c-0042: disk and memory exceed 95 % within 8 h",
        "c-0042: memory recovers below 80 % within 8 h",
        "c-0042: if nobody acts memory exceeds 95 % within 8 h",
        "c-0042: trouble ahead within 8 h",
        "c-0042: backup older than 30 within 8 h",
        "c-0042: IOPS exceed 95 % within 8 h",
        "c-0042: cpu above 95 % within 8 h",
        "c-0042: replication lag over 200 within 8 h",
        "the fleet's disk usage exceeds 95 % within 8 h",
        "c-0042 and c-0043: disk exceeds 95 % within 8 h",
        "c-0099: disk exceeds 95 % within 8 h",
      })
  void whereThereIsAnyDoubtItIsNotAssessable(String text) {
    PredictionOutcome score = score(text, healthy());

    assertThat(score.outcome()).isEqualTo(Outcome.NOT_ASSESSABLE);
    assertThat(score.found()).isNotBlank();
  }

  @Test
  void aReasonCodeThatTheWordsStandForHoldsOrDoesNot() {
    String crash = "c-0042: the compute node goes on crashing within 8 h";
    String quota = "c-0042: the account's quota is hit again within 8 h";

    assertThat(score(crash, healthy().codes(CRASH_LOOP)))
        .extracting(PredictionOutcome::outcome, PredictionOutcome::found)
        .containsExactly(Outcome.CAME_TRUE, "restarts_24h 7");
    assertThat(score(crash, Facts.of("c-0042", NOW).figure("restarts_24h", 0)).outcome())
        .isEqualTo(Outcome.DID_NOT_COME_TRUE);
    assertThat(score(quota, healthy().codes(QUOTA_EXHAUSTED).risk("Critical")))
        .satisfies(
            score -> {
              assertThat(score.outcome()).isEqualTo(Outcome.CAME_TRUE);
              assertThat(score.found()).isEqualTo("QUOTA_EXHAUSTED");
            });
    assertThat(score(quota, healthy()).outcome()).isEqualTo(Outcome.DID_NOT_COME_TRUE);
    assertThat(score(quota, healthy().ratedHoursAgo(30)).outcome())
        .isEqualTo(Outcome.NOT_ASSESSABLE);
    assertThat(score(quota, healthy().codes(QUOTA_EXHAUSTED).ratedHoursAgo(30)).outcome())
        .isEqualTo(Outcome.NOT_ASSESSABLE);
  }

  @Test
  void whatHadAConditionOnlyCameTrueOrCannotBeTold() {
    String text = "c-0042: disk exceeds 95 % within 8 h unless the volume is expanded";

    assertThat(score(text, healthy()).outcome()).isEqualTo(Outcome.CAME_TRUE);
    assertThat(score(text, healthy().figure("disk_used_percent", 60)).outcome())
        .isEqualTo(Outcome.NOT_ASSESSABLE);
  }

  @Test
  void dataFromBeforeThePredictionDoesNotDecideIt() {
    assertThat(
            score("c-0042: health score below 80 within 8 h", healthy().scoredHoursAgo(12))
                .outcome())
        .isEqualTo(Outcome.NOT_ASSESSABLE);
    assertThat(score("c-0042: disk above 95 % within 8 h", healthy().status("suspended")).outcome())
        .isEqualTo(Outcome.NOT_ASSESSABLE);
  }

  @Test
  void eachPredictionIsScoredOnceByTheFirstReportAfterItsWindow() {
    List<PatrolReport> reports = new ArrayList<>();
    List<Tuple> scored = new ArrayList<>();
    Instant first = NOW;
    for (int i = 0; i < 7; i++) {
      Instant at = first.plusSeconds(i * 43_200L);
      if (i > 0) {
        List<PatrolReport> earlier = reports.subList(0, Math.min(5, reports.size()));
        for (PredictionOutcome outcome : score(earlier, fleet(healthy().build()), at)) {
          scored.add(Tuple.tuple(i, outcome.text()));
        }
      }
      Patrols.Stored report = report(at);
      if (i == 0) {
        report.predicts(
            new Prediction("Low", "c-0042", "e", null, null, null, 0.0, "at once"),
            new Prediction("Low", "c-0042", "e", null, null, null, 12.0, "12 h"),
            new Prediction("Low", "c-0042", "e", null, null, 24.0, 36.0, "24-36 h"),
            new Prediction("Low", "c-0042", "e", null, null, null, null, "some time"),
            new Prediction("Low", "c-0042", "e", null, null, null, 1e300, "in the end"));
      }
      reports.add(0, report.build());
    }

    assertThat(scored)
        .containsExactly(
            Tuple.tuple(1, "12 h"), Tuple.tuple(3, "24-36 h"), Tuple.tuple(4, "some time"));
  }
}
