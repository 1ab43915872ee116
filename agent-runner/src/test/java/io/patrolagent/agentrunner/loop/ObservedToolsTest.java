package io.patrolagent.agentrunner.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.patrolagent.agentrunner.tool.ToolRefusal;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ObservedToolsTest {

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ObservedTools tools =
      new ObservedTools(
          TestTools.toolbox(new AtomicInteger()),
          new Telemetry(
              meters,
              Tracing.over(
                  OpenTelemetrySdk.builder()
                      .setTracerProvider(
                          SdkTracerProvider.builder()
                              .addSpanProcessor(SimpleSpanProcessor.create(spans))
                              .build())
                      .build())));

  @Test
  void aCallIsASpanWithoutItsContents() throws Exception {
    assertThat(tools.<String>observe(call("look"), () -> "a secret")).isEqualTo("a secret");

    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("execute_tool look");
    assertThat(text(span, "gen_ai.operation.name")).isEqualTo("execute_tool");
    assertThat(text(span, "gen_ai.tool.name")).isEqualTo("look");
    assertThat(text(span, "gen_ai.tool.call.id")).isEqualTo("call-1");
    assertThat(span.getAttributes().toString()).doesNotContain("secret", "customer-7");
    assertThat(calls("look", "answered")).isOne();
  }

  @Test
  void whatGoesWrongIsToldApartByWhoseFaultItWas() {
    assertThatThrownBy(
            () ->
                tools.observe(
                    call("look"),
                    () -> {
                      throw new ToolRefusal("n must be even");
                    }))
        .isInstanceOf(ToolRefusal.class);
    assertThatThrownBy(
            () ->
                tools.observe(
                    call("look"),
                    () -> {
                      throw new IllegalStateException("the database is gone");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                tools.observe(
                    call("look"),
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(calls("look", "refused")).isOne();
    assertThat(calls("look", "failed")).isOne();
    assertThat(calls("look", "interrupted")).isOne();
    assertThat(spans.getFinishedSpanItems())
        .allSatisfy(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR))
        .extracting(span -> text(span, "error.type"))
        .containsExactly("refused", "failed", "interrupted");
  }

  @Test
  void aNameThatTheModelMadeUpIsNoLabel() throws Exception {
    tools.<String>observe(call("drop_tables_0815"), () -> "x");

    assertThat(calls("unknown", "answered")).isOne();
    assertThat(spans.getFinishedSpanItems().get(0).getName()).isEqualTo("execute_tool unknown");
  }

  private long calls(String tool, String outcome) {
    return meters
        .get("patrol.tool.calls")
        .tag("tool", tool)
        .tag("outcome", outcome)
        .timer()
        .count();
  }

  private static String text(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private static ToolExecutionRequest call(String name) {
    return ToolExecutionRequest.builder()
        .id("call-1")
        .name(name)
        .arguments("{\"name\":\"customer-7\"}")
        .build();
  }
}
