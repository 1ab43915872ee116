package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.patrolagent.common.ops.OpenSpan;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A provider whose calls are counted and traced: a span {@code chat MODEL} by OpenTelemetry's
 * conventions for generative AI, over all attempts at the call and the waits between them. What is
 * said to a model and what it answers is in no span.
 */
final class ObservedProvider implements Provider {

  private static final String ANSWERED = "answered";

  private final Provider provider;
  private final Tracing tracing;
  private final MeterRegistry meters;

  ObservedProvider(Provider provider, Telemetry telemetry) {
    this.provider = provider;
    this.tracing = telemetry.tracing();
    this.meters = telemetry.meters();
    count(ANSWERED, 0); // an increase shows only from a value that was there
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public String model() {
    return provider.model();
  }

  @Override
  public Outcome.Answered ask(ChatRequest request, Instant deadline)
      throws ProviderFailedException, InterruptedException {
    try (OpenSpan span = tracing.begin("chat " + model(), SpanKind.CLIENT)) {
      span.set("gen_ai.operation.name", "chat")
          .set("gen_ai.provider.name", wellKnownName())
          .set("gen_ai.request.model", model());
      try {
        Outcome.Answered answer = provider.ask(request, deadline);
        describe(answer, span);
        count(ANSWERED, 1);
        return answer;
      } catch (ProviderFailedException e) {
        describe(e.usage(), span);
        span.failed(e.failure().reason());
        count(e.failure().reason(), 1);
        throw e;
      } catch (InterruptedException e) {
        span.failed("interrupted");
        count("interrupted", 1);
        throw e;
      }
    }
  }

  private static void describe(Outcome.Answered answer, OpenSpan span) {
    span.set("gen_ai.response.model", answer.model());
    FinishReason finish = answer.finishReason();
    if (finish != null) {
      span.set("gen_ai.response.finish_reasons", List.of(word(finish)));
    }
    describe(answer.usage(), span);
  }

  private static void describe(ModelUsage usage, OpenSpan span) {
    span.set("gen_ai.usage.input_tokens", usage.inputTokens())
        .set("gen_ai.usage.cache_read.input_tokens", usage.cachedInputTokens())
        .set("gen_ai.usage.output_tokens", usage.outputTokens());
  }

  private static String word(FinishReason finish) {
    return finish == FinishReason.TOOL_EXECUTION
        ? "tool_call"
        : finish.name().toLowerCase(Locale.ROOT);
  }

  /** As the conventions call it, where they know it. */
  private String wellKnownName() {
    return name().equals(GeminiDialect.PROVIDER) ? "gcp.gemini" : name();
  }

  private void count(String outcome, int calls) {
    meters
        .counter("patrol.llm.calls", "provider", name(), "model", model(), "outcome", outcome)
        .increment(calls);
  }
}
