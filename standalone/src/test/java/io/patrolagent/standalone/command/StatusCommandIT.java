package io.patrolagent.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code patrol status} on a topic that holds what the view would have written. */
@Timeout(120)
class StatusCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.now();

  @Test
  void itShowsWhatIsUnderWayLateOnesFirstAndWhatEndedToday() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      Map<String, String> variables =
          Map.of("PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      new TopicProvisioner(settings, TopicSettings.from(Env.of(variables))).run();

      CommandLineRun none = CommandLineRun.of(variables, "status");
      assertThat(none.exitStatus()).as(none.out()).isEqualTo(1);

      PatrolStatus before = status(State.REQUESTED, null, Duration.ofMinutes(2), false);
      PatrolStatus running =
          status(before.patrolId(), State.RUNNING, null, Duration.ofMinutes(1), false);
      PatrolStatus late = status(State.REQUESTED, null, Duration.ofMinutes(30), true);
      PatrolStatus ended =
          status(State.FINISHED, ReportStatus.COMPLETED, Duration.ofHours(2), false);
      PatrolStatus old = status(State.FINISHED, ReportStatus.FAILED, Duration.ofHours(25), false);
      PatrolStatus forgotten =
          status(State.FINISHED, ReportStatus.FAILED, Duration.ofHours(1), false);
      produce(settings, List.of(before, ended, old, forgotten, running, late), forgotten);

      CommandLineRun table = CommandLineRun.of(variables, "status");
      assertThat(table.exitStatus()).as(table.err()).isZero();
      assertThat(table.out().lines())
          .satisfiesExactly(
              head -> assertThat(head).startsWith("ID"),
              line -> assertThat(line).contains(late.patrolId().toString(), "OVERDUE, requested"),
              line ->
                  assertThat(line)
                      .contains(running.patrolId().toString(), "morning", "al?ice", "host-1")
                      .endsWith("round 3 of 10: query_sql, search_logs"),
              line -> assertThat(line).contains(ended.patrolId().toString(), "completed"));

      String id = running.patrolId().toString();
      CommandLineRun one = CommandLineRun.of(variables, "status", id);
      assertThat(one.exitStatus()).as(one.err()).isZero();
      assertThat(one.out()).contains(id, "round 3 of 10", "host-1");
      CommandLineRun json = CommandLineRun.of(variables, "status", id, "--json");
      JsonNode event = JSON.readTree(json.out());
      assertThat(event.get("state").asText()).isEqualTo("running");

      String unknown = PatrolId.random().toString();
      CommandLineRun missing = CommandLineRun.of(variables, "status", unknown);
      assertThat(missing.exitStatus()).isEqualTo(1);
      assertThat(missing.err()).contains(unknown);
    }
  }

  private static void produce(
      KafkaSettings kafka, List<PatrolStatus> statuses, PatrolStatus forgotten) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            kafka.forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (PatrolStatus status : statuses) {
        producer.send(EventRecord.of(Topics.DEFAULT, status, "status")).get();
      }
      byte[] key = EventRecord.of(Topics.DEFAULT, forgotten, "status").key();
      producer.send(new ProducerRecord<>(Topics.DEFAULT.status(), key, null)).get();
    }
  }

  private static PatrolStatus status(
      State state, ReportStatus status, Duration ago, boolean overdue) {
    return status(PatrolId.random(), state, status, ago, overdue);
  }

  private static PatrolStatus status(
      PatrolId patrol, State state, ReportStatus status, Duration ago, boolean overdue) {
    Instant at = NOW.minus(ago);
    boolean running = state == State.RUNNING;
    return new PatrolStatus(
        1,
        patrol,
        ReportType.MORNING,
        "al\u001bice",
        state,
        status,
        running ? 3 : 0,
        running ? 10 : 0,
        running ? List.of("query_sql", "search_logs") : List.of(),
        running ? "host-1" : null,
        at,
        null,
        at.plusSeconds(60),
        at,
        at,
        status == null ? null : at,
        at,
        overdue,
        null,
        null,
        null);
  }
}
