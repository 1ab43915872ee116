package io.patrolagent.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.patrol.ReportType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

  private static final Topics PREFIXED = new Topics("team-a.");
  private static final String MIB_4 = Integer.toString(4 * 1024 * 1024);
  private static final String MIB_5 = Integer.toString(5 * 1024 * 1024);
  private static final String MIB_1 = Integer.toString(1024 * 1024);

  @Test
  void topicsAreNamedAsTheEventsTheyHold() {
    assertThat(Events.all().map(Topics.DEFAULT::topicOf))
        .containsExactly(
            "patrol.requested",
            "patrol.cancel-requested",
            "patrol.snapshot-taken",
            "patrol.agent-finished",
            "patrol.failed",
            "patrol.report-finished",
            "patrol.status");
  }

  @Test
  void thePrefixGoesBeforeEveryTopicAndGroup() {
    assertThat(Events.all().map(PREFIXED::topicOf)).allMatch(t -> t.startsWith("team-a.patrol."));
    assertThat(PREFIXED.specifications()).allMatch(t -> t.name().startsWith("team-a.patrol."));
    assertThat(PREFIXED.group("aggregator")).isEqualTo("team-a.patrol.aggregator");
    assertThat(Topics.DEFAULT.group("aggregator")).isEqualTo("patrol.aggregator");
  }

  @ParameterizedTest
  @EnumSource(ReportType.class)
  void onlyPatrolsThatSomebodyWaitsForTakeTheLaneOnDemand(ReportType type) {
    String expected =
        type == ReportType.ON_DEMAND
            ? "team-a.patrol.snapshot-taken.on-demand"
            : "team-a.patrol.snapshot-taken";

    assertThat(PREFIXED.topicOf(Events.taken(type))).isEqualTo(expected);
    assertThat(PREFIXED.snapshotTaken(Events.request(type))).isEqualTo(expected);
  }

  @Test
  void everyTopicAndTheDeadLettersOfEachThatIsConsumedAreSpecified() {
    assertThat(Topics.DEFAULT.specifications().stream().map(Topics.Specification::name))
        .containsExactlyInAnyOrder(
            "patrol.requested",
            "patrol.requested.dlt",
            "patrol.snapshot-taken",
            "patrol.snapshot-taken.dlt",
            "patrol.snapshot-taken.on-demand",
            "patrol.snapshot-taken.on-demand.dlt",
            "patrol.agent-finished",
            "patrol.agent-finished.dlt",
            "patrol.journal",
            "patrol.journal.on-demand",
            "patrol.failed",
            "patrol.failed.dlt",
            "patrol.cancel-requested",
            "patrol.report-finished",
            "patrol.status",
            "patrol.status-requested-repartition",
            "patrol.status-patrols-changelog");
  }

  @Test
  void recordsAreCompressedAndStampedByTheBrokerInEveryTopic() {
    assertThat(Topics.DEFAULT.specifications())
        .allSatisfy(
            topic ->
                assertThat(topic.configuration())
                    .containsEntry("compression.type", "zstd")
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsKey("max.message.bytes"));
  }

  @Test
  void eventsAreDeletedAfterATimeAndStatesKeptUntilTheirNext() {
    assertThat(Topics.DEFAULT.specifications())
        .allSatisfy(
            topic -> {
              boolean state = topic.name().matches("patrol\\.status(-patrols-changelog)?");
              assertThat(topic.configuration())
                  .containsEntry("cleanup.policy", state ? "compact" : "delete");
              assertThat(topic.configuration().containsKey("retention.ms")).isEqualTo(!state);
            });
  }

  @Test
  void whatIsWorkedOnIsKeptForAWeekAndWhatIsLookedUpForAMonth() {
    String week = Long.toString(Duration.ofDays(7).toMillis());
    String month = Long.toString(Duration.ofDays(30).toMillis());

    Map<String, String> retention = configuration("retention.ms");

    assertThat(retention)
        .containsEntry("patrol.requested", week)
        .containsEntry("patrol.snapshot-taken", week)
        .containsEntry("patrol.snapshot-taken.on-demand", week)
        .containsEntry("patrol.agent-finished", week)
        .containsEntry("patrol.failed", month)
        .containsEntry("patrol.report-finished", month);
    assertThat(deadLetters(retention)).hasSize(5).allMatch(month::equals);
  }

  @Test
  void aTopicTakesWhatItsEventsAndItsDeadLettersMayMeasure() {
    Map<String, String> sizes = configuration("max.message.bytes");

    assertThat(sizes)
        .containsEntry("patrol.requested", MIB_4)
        .containsEntry("patrol.snapshot-taken", MIB_4)
        .containsEntry("patrol.snapshot-taken.on-demand", MIB_4)
        .containsEntry("patrol.agent-finished", MIB_4)
        .containsEntry("patrol.failed", MIB_4)
        .containsEntry("patrol.report-finished", MIB_1);
    assertThat(deadLetters(sizes)).hasSize(5).allMatch(MIB_5::equals);
    assertThat(EventType.ALL)
        .allMatch(
            type -> type.maxBytes() <= Integer.parseInt(sizes.getOrDefault(type.name(), "0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"team a.", "team/a", "équipe.", "a:", "a\n"})
  void aPrefixThatNoTopicMayHaveIsRefused(String prefix) {
    assertThatThrownBy(() -> new Topics(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the topic prefix may hold letters, digits, '.', '_' and '-', at most 100, not '"
                + prefix
                + "'");
  }

  @Test
  void aPrefixHoldsUpTo100Characters() {
    assertThat(new Topics("a".repeat(100)).requested()).hasSize(116);
    assertThatThrownBy(() -> new Topics("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> deadLetters(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(e -> e.getKey().endsWith(".dlt"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, String> configuration(String key) {
    Function<Topics.Specification, String> value = t -> t.configuration().getOrDefault(key, "");
    return Topics.DEFAULT.specifications().stream()
        .collect(Collectors.toMap(Topics.Specification::name, value));
  }
}
