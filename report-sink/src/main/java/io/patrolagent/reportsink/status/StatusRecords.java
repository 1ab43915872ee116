package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.event.Topics;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What is known of a patrol as the event that tells it. Thread-safe. */
final class StatusRecords {

  /** So that no status exceeds what its topic takes. */
  private static final int MAX_TOOLS = 200;

  private static final int MAX_REASON = 4_000;

  private final Topics topics;

  StatusRecords(Topics topics) {
    this.topics = topics;
  }

  Record<byte[], byte[]> status(PatrolFacts patrol, long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        EventRecord.of(topics, of(patrol), StatusView.APPLICATION);
    // of the many events that a patrol's status makes each has its own id, a repeated one the same
    String id = patrol.patrolId() + "/status/" + UUID.nameUUIDFromBytes(record.value());
    record.headers().remove("ce_id").add("ce_id", id.getBytes(UTF_8));
    return new Record<>(record.key(), record.value(), timestamp, record.headers());
  }

  static PatrolStatus of(PatrolFacts patrol) {
    RequestFacts request = patrol.request();
    RoundFacts round = patrol.round();
    EndFacts end = patrol.end();
    State state = state(patrol);
    return new PatrolStatus(
        PatrolStatus.SCHEMA_VERSION,
        patrol.patrolId(),
        request == null ? null : request.reportType(),
        request == null ? null : request.triggeredBy(),
        state,
        end == null ? null : end.status(),
        round == null ? 0 : round.round(),
        round == null ? 0 : round.maxRounds(),
        round == null || state != State.RUNNING ? List.of() : capped(round.tools()),
        round == null ? null : round.runBy(),
        request == null ? null : request.requestedAt(),
        request == null ? null : request.dueAt(),
        request == null ? null : request.expiresAt(),
        patrol.snapshotAt(),
        patrol.startedAt(),
        end == null ? null : end.at(),
        patrol.lastAt(),
        patrol.isOverdue(),
        request == null ? null : request.retryOf(),
        patrol.sharedWith(),
        end == null ? null : capped(end.reason()));
  }

  private static State state(PatrolFacts patrol) {
    if (patrol.end() != null) {
      return State.FINISHED;
    }
    if (patrol.agentFinishedAt() != null) {
      return State.AGENT_FINISHED;
    }
    if (patrol.startedAt() != null) {
      return State.RUNNING;
    }
    return patrol.snapshotAt() == null ? State.REQUESTED : State.SNAPSHOT_TAKEN;
  }

  private static List<String> capped(List<String> tools) {
    return tools.subList(0, Math.min(tools.size(), MAX_TOOLS));
  }

  private static @Nullable String capped(@Nullable String reason) {
    return reason == null || reason.length() <= MAX_REASON
        ? reason
        : reason.substring(0, MAX_REASON) + "…";
  }

  /** For a log: the state, and the round where there is one. */
  static String whereItIs(PatrolFacts patrol) {
    RoundFacts round = patrol.round();
    return state(patrol).wireName() + (round == null ? "" : ", round " + round.round());
  }
}
