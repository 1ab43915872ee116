package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedProviderTest {

  private static final ModelUsage USAGE = new ModelUsage(100, 60, 0, 20, new BigDecimal("0.5"));
  private static final ChatRequest REQUEST =
      ChatRequest.builder().messages(UserMessage.from("how is customer-7?")).build();

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aCallIsAChatSpanWithItsTokensAndWithoutItsContents() throws Exception {
    provider(
            () ->
                new Outcome.Answered(
                    AiMessage.from("customer-7 is well"), FinishReason.STOP, "m-2026", USAGE))
        .ask(REQUEST, Instant.MAX);

    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("chat m");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(text(span, "gen_ai.operation.name")).isEqualTo("chat");
    assertThat(text(span, "gen_ai.provider.name")).isEqualTo("gcp.gemini");
    assertThat(text(span, "gen_ai.request.model")).isEqualTo("m");
    assertThat(text(span, "gen_ai.response.model")).isEqualTo("m-2026");
    assertThat(
            span.getAttributes().get(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")))
        .isEqualTo(List.of("stop"));
    assertThat(span.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
        .isEqualTo(100);
    assertThat(span.getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
        .isEqualTo(20);
    assertThat(span.getAttributes().toString()).doesNotContain("customer-7");
    assertThat(calls("answered")).isOne();
  }

  @Test
  void aProviderThatGaveUpIsAnErrorWithItsReason() {
    ObservedProvider provider =
        provider(
            () -> {
              throw new ProviderFailedException(
                  new ProviderFailure("gemini", "m", "quota", "used up", 1, Instant.EPOCH), USAGE);
            });

    assertThatThrownBy(() -> provider.ask(REQUEST, Instant.MAX))
        .isInstanceOf(ProviderFailedException.class);
    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(text(span, "error.type")).isEqualTo("quota");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(calls("quota")).isOne();
    assertThat(calls("answered")).isZero();
  }

  @Test
  void whatIsSpentIsCountedByDirectionWithoutCountingTheCacheTwice() {
    SpentMetrics spent = new SpentMetrics("openai", "m", meters);
    spent.add(USAGE);

    assertThat(tokens("input")).isEqualTo(40);
    assertThat(tokens("cached_input")).isEqualTo(60);
    assertThat(tokens("output")).isEqualTo(20);
    assertThat(meters.get("patrol.llm.cost.usd").counter().count()).isEqualTo(0.5);
  }

  private double calls(String outcome) {
    return meters.get("patrol.llm.calls").tag("outcome", outcome).counter().count();
  }

  private double tokens(String direction) {
    return meters.get("patrol.llm.tokens").tag("direction", direction).counter().count();
  }

  private static String text(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private interface Answer {
    Outcome.Answered give() throws ProviderFailedException;
  }

  private ObservedProvider provider(Answer answer) {
    Provider provider =
        new Provider() {
          @Override
          public String name() {
            return "gemini";
          }

          @Override
          public String model() {
            return "m";
          }

          @Override
          public Outcome.Answered ask(ChatRequest request, Instant deadline)
              throws ProviderFailedException {
            return answer.give();
          }
        };
    return new ObservedProvider(
        provider,
        new Telemetry(
            meters,
            Tracing.over(
                OpenTelemetrySdk.builder()
                    .setTracerProvider(
                        SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build())
                    .build())));
  }
}
