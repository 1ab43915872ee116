package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The view's topology on its test driver, whose clock stands at the story's start. */
class PatrolStatusTopologyTest {

  private static final String TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAA";

  private final Topics topics = new Topics("staging.");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          new PatrolStatusTopology(topics, TOPIC_ID, meters).get(),
          StreamsSettings.of(KafkaSettings.of("localhost:1"), topics.group("status")),
          Story.START);
  private final TestOutputTopic<byte[], byte[]> statuses =
      driver.createOutputTopic(
          topics.status(), new ByteArrayDeserializer(), new ByteArrayDeserializer());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aPatrolIsFollowedFromItsTriggerToItsReport() throws Exception {
    Story story = Story.of(ReportType.ON_DEMAND);

    send(topics.requested(), "any key", trigger(story));
    assertThat(next())
        .returns(State.REQUESTED, PatrolStatus::state)
        .returns("alice", PatrolStatus::triggeredBy);
    send(story.snapshotTaken());
    assertThat(next())
        .returns(State.SNAPSHOT_TAKEN, PatrolStatus::state)
        .returns(Story.second(1), PatrolStatus::snapshotAt);
    started(story, 1, "", Story.second(2));
    assertThat(next())
        .returns(State.RUNNING, PatrolStatus::state)
        .returns(1, PatrolStatus::round)
        .returns(10, PatrolStatus::maxRounds)
        .returns(List.of(), PatrolStatus::tools)
        .returns("host-1", PatrolStatus::runBy);
    started(story, 1, "\"query_sql\",\"search_logs\"", Story.second(3));
    assertThat(next()).returns(List.of("query_sql", "search_logs"), PatrolStatus::tools);
    send(story.agentFinished());
    assertThat(next())
        .returns(State.AGENT_FINISHED, PatrolStatus::state)
        .returns(List.of(), PatrolStatus::tools)
        .returns(Story.second(2), PatrolStatus::startedAt);
    send(story.reportFinished(ReportStatus.COMPLETED));

    assertThat(next())
        .returns(State.FINISHED, PatrolStatus::state)
        .returns(ReportStatus.COMPLETED, PatrolStatus::status)
        .returns(Story.second(6), PatrolStatus::finishedAt)
        .returns(1, PatrolStatus::round);
    assertThat(statuses.isEmpty()).isTrue();
  }

  @Test
  void aBareTriggerHasTheIdThatIsDerivedFromWhereItLies() throws Exception {
    byte[] bare = "{\"report_type\":\"morning\"}".getBytes(UTF_8);

    send(topics.requested(), null, bare);
    send(topics.requested(), "some key", bare);

    assertThat(next())
        .returns(PatrolId.ofRecord(TOPIC_ID, 0, 0), PatrolStatus::patrolId)
        .returns(Story.START, PatrolStatus::requestedAt)
        .returns(Story.START.plus(Duration.ofMinutes(15)), PatrolStatus::dueAt);
    assertThat(next()).returns(PatrolId.ofRecord(TOPIC_ID, 0, 1), PatrolStatus::patrolId);
  }

  @Test
  void noContentTravels() {
    Story story = Story.of(ReportType.ON_DEMAND);
    send(topics.requested(), null, trigger(story));
    send(story.snapshotTaken());
    send(story.agentFinished());
    send(story.reportFinished(ReportStatus.COMPLETED));

    List<TestRecord<byte[], byte[]>> told = statuses.readRecordsToList();
    assertThat(told).hasSize(4);
    assertThat(told)
        .allSatisfy(
            record -> {
              assertThat(new String(record.key(), UTF_8)).isEqualTo(story.patrol().toString());
              assertThat(new String(record.value(), UTF_8)).doesNotContain("secret");
              assertThat(header(record, "ce_type")).isEqualTo("patrol.status");
            });
    assertThat(told).extracting(record -> header(record, "ce_id")).doesNotHaveDuplicates();
  }

  @Test
  void whatWasReadBeforeTellsNothingMore() {
    Story story = Story.of(ReportType.MORNING);
    send(story.snapshotTaken());
    started(story, 2, "", Story.second(3));
    send(story.reportFinished(ReportStatus.COMPLETED));
    statuses.readRecordsToList();

    send(topics.requested(), null, trigger(story));
    send(story.snapshotTaken());
    started(story, 1, "", Story.second(2));
    started(story, 2, "", Story.second(3));
    send(story.reportFinished(ReportStatus.COMPLETED));

    assertThat(statuses.isEmpty()).isTrue();
  }

  @Test
  void aRunnerThatTakesOverIsNamed() throws Exception {
    Story story = Story.of(ReportType.MORNING);
    started(story, 2, "\"query_sql\"", Story.second(3));
    next();

    send(
        topics.journal(topics.snapshotTaken()),
        story.patrol().toString(),
        story.started(2, "\"query_sql\"", "host-2", Story.second(9)));

    assertThat(next()).returns("host-2", PatrolStatus::runBy).returns(2, PatrolStatus::round);
  }

  @Test
  void everyEndWithoutAReportEndsThePatrol() throws Exception {
    for (ReportStatus status :
        List.of(
            ReportStatus.FAILED,
            ReportStatus.EXPIRED,
            ReportStatus.REJECTED,
            ReportStatus.CANCELLED)) {
      Story story = Story.of(ReportType.ON_DEMAND);
      send(story.failed(status, "the reason"));

      assertThat(next())
          .returns(State.FINISHED, PatrolStatus::state)
          .returns(status, PatrolStatus::status)
          .returns("the reason", PatrolStatus::reason);
    }

    Story story = Story.of(ReportType.ON_DEMAND);
    PatrolId other = PatrolId.random();
    send(
        new PatrolFailed(
            1,
            story.patrol(),
            story.request(),
            "aggregator",
            ReportStatus.SHARED,
            "asked for already",
            other,
            null,
            Story.second(5)));

    assertThat(next())
        .returns(ReportStatus.SHARED, PatrolStatus::status)
        .returns(other, PatrolStatus::sharedWith);
  }

  @Test
  void theRowDecidesHowAPatrolEnded() throws Exception {
    Story story = Story.of(ReportType.ON_DEMAND);
    send(story.failed(ReportStatus.EXPIRED, "too late"));
    assertThat(next()).returns(ReportStatus.EXPIRED, PatrolStatus::status);

    send(story.reportFinished(ReportStatus.COMPLETED));

    assertThat(next())
        .returns(ReportStatus.COMPLETED, PatrolStatus::status)
        .returns(null, PatrolStatus::reason);
  }

  @Test
  void aPatrolThatIsLateIsOverdueUntilItEnds() throws Exception {
    Story scheduled = Story.of(ReportType.MORNING);
    Story onDemand = Story.of(ReportType.ON_DEMAND);
    send(topics.requested(), null, trigger(scheduled));
    send(topics.requested(), null, trigger(onDemand));
    statuses.readRecordsToList();

    driver.advanceWallClockTime(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(statuses.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(next())
        .returns(scheduled.patrol(), PatrolStatus::patrolId)
        .returns(true, PatrolStatus::overdue)
        .returns(State.REQUESTED, PatrolStatus::state);
    assertThat(overdue()).isEqualTo(1);
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    assertThat(statuses.isEmpty()).as("said once").isTrue();

    driver.advanceWallClockTime(Duration.ofHours(24));
    assertThat(next())
        .as("where nothing was promised, when it expired")
        .returns(onDemand.patrol(), PatrolStatus::patrolId)
        .returns(true, PatrolStatus::overdue);
    assertThat(overdue()).isEqualTo(2);

    send(scheduled.reportFinished(ReportStatus.COMPLETED));
    assertThat(next()).returns(false, PatrolStatus::overdue);
    assertThat(overdue()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsCountedAndTheRestGoesOn() throws Exception {
    Story story = Story.of(ReportType.MORNING);
    String journal = topics.journal(topics.snapshotTaken());

    send(topics.requested(), null, "not JSON".getBytes(UTF_8));
    send(topics.requested(), null, null);
    send(topics.snapshotTaken(), "key", "{\"request\":{}}".getBytes(UTF_8));
    send(journal, story.patrol().toString(), "[]".getBytes(UTF_8));
    send(journal, "no id", story.started(1, "", "host-1", Story.second(2)));
    send(topics.failed(), "key", new byte[0]);
    send(topics.agentFinished(), "key", null);

    assertThat(skipped(topics.requested())).isEqualTo(2);
    assertThat(skipped(topics.snapshotTaken())).isEqualTo(1);
    assertThat(skipped(journal)).isEqualTo(2);
    assertThat(skipped(topics.failed())).isEqualTo(1);
    assertThat(statuses.isEmpty()).isTrue();
    started(story, 1, "", Story.second(2));
    assertThat(next()).returns(State.RUNNING, PatrolStatus::state);
  }

  @Test
  void aPatrolIsForgottenAfterThirtyDays() throws Exception {
    Story story = Story.of(ReportType.ON_DEMAND);
    send(story.reportFinished(ReportStatus.COMPLETED));
    next();

    driver.advanceWallClockTime(Duration.ofDays(30));
    assertThat(statuses.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofHours(1));

    TestRecord<byte[], byte[]> forgotten = statuses.readRecord();
    assertThat(new String(forgotten.key(), UTF_8)).isEqualTo(story.patrol().toString());
    assertThat(forgotten.value()).isNull();
    send(story.reportFinished(ReportStatus.COMPLETED));
    assertThat(statuses.isEmpty()).as("read once more, it stays forgotten").isTrue();
  }

  @Test
  void itReadsTheTopicsThatHaveEquallyManyPartitionsAndNamesItsOwnAsTheyAreSpecified() {
    assertThat(new Observations(topics).topics())
        .isSubsetOf(topics.keyedByPatrol())
        .hasSize(topics.keyedByPatrol().size() - 1);
    assertThat(topics.statusChangelog())
        .isEqualTo(topics.group(StatusView.APPLICATION) + "-" + FoldPatrols.STORE + "-changelog");
  }

  private PatrolStatus next() throws Exception {
    return EventCodec.decode(EventType.STATUS, statuses.readValue());
  }

  private void started(Story story, int round, String tools, Instant at) {
    send(
        topics.journal(topics.snapshotTaken()),
        story.patrol().toString(),
        story.started(round, tools, "host-1", at));
  }

  private void send(Event event) {
    send(topics.topicOf(event), String.valueOf(event.patrol()), EventCodec.encode(event));
  }

  private void send(String topic, String key, byte[] value) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(
            topic,
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            Story.START,
            Duration.ZERO);
    input.pipeInput(key == null ? null : key.getBytes(UTF_8), value);
  }

  private static byte[] trigger(Story story) {
    return """
        {"report_type":"%s","patrol_id":"%s","triggered_by":"alice","focus":"a secret focus",
         "requested_at":"%s"}"""
        .formatted(story.request().reportType().wireName(), story.patrol(), Story.START)
        .getBytes(UTF_8);
  }

  private double overdue() {
    return meters.get("patrol.status.overdue").gauge().value();
  }

  private double skipped(String topic) {
    return meters.get("patrol.status.skipped").tag("topic", topic).counter().count();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
