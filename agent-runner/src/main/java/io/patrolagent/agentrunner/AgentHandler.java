package io.patrolagent.agentrunner;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageHandler;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has the analyst write a patrol's report from its snapshot, in one call. A patrol that has its row
 * already is acknowledged without a call. Thread-safe.
 */
final class AgentHandler implements StageHandler<SnapshotTaken> {

  static final String STAGE = "agent-runner";

  private final FinishedPatrols finished;
  private final PatrolPrompt prompt;
  private final Analyst analyst;
  private final Clock clock;

  AgentHandler(FinishedPatrols finished, PatrolPrompt prompt, Analyst analyst, Clock clock) {
    this.finished = finished;
    this.prompt = prompt;
    this.analyst = analyst;
    this.clock = clock;
  }

  @Override
  public SnapshotTaken decode(SourceRecord record) throws UndecodableEventException {
    return EventCodec.decode(EventType.SNAPSHOT_TAKEN, record.value());
  }

  @Override
  public Outcome handle(SnapshotTaken input, Job job) throws Exception {
    if (finished.contains(input.request().patrolId())) {
      return Outcome.acknowledge();
    }
    job.checkpoint();
    Instant startedAt = clock.instant();
    ChatResponse response =
        analyst
            .model()
            .chat(
                ChatRequest.builder()
                    .messages(prompt.open(input.request(), input.snapshot()))
                    .build());
    Instant finishedAt = clock.instant();
    String report = response.aiMessage().text();
    if (report == null || report.isBlank()) {
      throw new EmptyAnswerException(analyst.modelName());
    }
    return Outcome.publish(
        new AgentFinished(
            Event.SCHEMA_VERSION,
            input.request(),
            input.snapshot(),
            ReportStatus.COMPLETED,
            report,
            usage(response, Duration.between(startedAt, finishedAt)),
            List.of(),
            List.of(),
            startedAt,
            finishedAt));
  }

  @Override
  public Instant expiresAt(SnapshotTaken input) {
    return input.request().expiresAt();
  }

  @Override
  public Optional<PatrolFailed> failure(SnapshotTaken input, ReportStatus status, String reason) {
    return Optional.of(PatrolFailed.of(input.request(), STAGE, status, reason, clock.instant()));
  }

  private Usage usage(ChatResponse response, Duration duration) {
    TokenUsage tokens = response.tokenUsage();
    return new Usage(
        analyst.provider(),
        analyst.modelName(),
        tokens == null ? 0 : count(tokens.inputTokenCount()),
        0,
        tokens == null ? 0 : count(tokens.outputTokenCount()),
        BigDecimal.ZERO,
        1,
        0,
        duration.toMillis());
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
