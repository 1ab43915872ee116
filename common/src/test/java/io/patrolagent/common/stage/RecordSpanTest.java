package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.patrolagent.common.ops.Tracing;
import io.patrolagent.common.stage.Publication.Ending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordSpanTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";
  private static final StageOptions OPTIONS =
      StageOptions.of("stage", "patrol.stage", List.of("patrol.requested"), 1);

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.over(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(spans))
                      .build())
              .build());

  @Test
  void theTraceThatCameInGoesOnThroughTheWorkToWhatIsSent() {
    ProducerRecord<byte[], byte[]> output = output("patrol.snapshot-taken");
    try (RecordSpan span = RecordSpan.begin(tracing, OPTIONS, source(TRACEPARENT))) {
      span.carriedBy(publication(output));
      span.committed(Ending.PUBLISHED);
    }

    SpanData process = only("process patrol.requested");
    SpanData send = only("send patrol.snapshot-taken");
    assertThat(process.getTraceId()).isEqualTo(TRACE);
    assertThat(process.getParentSpanId()).isEqualTo(PARENT);
    assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(process.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attribute(process, "messaging.system")).isEqualTo("kafka");
    assertThat(attribute(process, "messaging.operation.type")).isEqualTo("process");
    assertThat(attribute(process, "messaging.destination.name")).isEqualTo("patrol.requested");
    assertThat(attribute(process, "messaging.destination.partition.id")).isEqualTo("3");
    assertThat(attribute(process, "messaging.consumer.group.name")).isEqualTo("patrol.stage");
    assertThat(process.getAttributes().get(AttributeKey.longKey("messaging.kafka.offset")))
        .isEqualTo(7);
    assertThat(attribute(process, "patrol.id")).isEqualTo("p-1");
    assertThat(send.getTraceId()).isEqualTo(TRACE);
    assertThat(send.getParentSpanId()).isEqualTo(process.getSpanId());
    assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(traceparent(output)).isEqualTo("00-" + TRACE + "-" + send.getSpanId() + "-01");
    assertThat(new String(output.headers().lastHeader("tracestate").value(), UTF_8))
        .isEqualTo("vendor=1");
  }

  @Test
  void aTriggerWithoutATraceBeginsOne() {
    ProducerRecord<byte[], byte[]> output = output("patrol.snapshot-taken");
    try (RecordSpan span = RecordSpan.begin(tracing, OPTIONS, source(null))) {
      span.carriedBy(publication(output));
      span.committed(Ending.PUBLISHED);
      assertThat(traceparent(output)).contains(span.traceId());
    }
  }

  @Test
  void whatWasNotCommittedIsAnErrorOfBoth() {
    try (RecordSpan span = RecordSpan.begin(tracing, OPTIONS, source(TRACEPARENT))) {
      span.carriedBy(publication(output("patrol.snapshot-taken")));
    }

    assertThat(spans.getFinishedSpanItems())
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(attribute(span, "error.type")).isEqualTo("not_committed");
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            });
  }

  @Test
  void aPatrolThatIsGivenUpIsAnErrorOfTheWork() {
    try (RecordSpan span = RecordSpan.begin(tracing, OPTIONS, source(TRACEPARENT))) {
      span.carriedBy(publication(output("patrol.failed")));
      span.committed(Ending.FAILED);
    }

    assertThat(attribute(only("process patrol.requested"), "error.type")).isEqualTo("failed");
    assertThat(attribute(only("send patrol.failed"), "error.type")).isNull();
  }

  @Test
  void aDeadLetterStaysAsItCame() {
    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(source(TRACEPARENT), "patrol.stage", new IllegalStateException("x"));
    try (RecordSpan span = RecordSpan.begin(tracing, OPTIONS, source(TRACEPARENT))) {
      span.carriedBy(publication(letter));
      span.committed(Ending.DEAD_LETTER);
    }

    assertThat(traceparent(letter)).isEqualTo(TRACEPARENT);
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
  }

  @Test
  void whereNoSpansAreMadeTheTraceGoesThroughAsItCame() {
    ProducerRecord<byte[], byte[]> output = output("patrol.snapshot-taken");
    try (RecordSpan span = RecordSpan.begin(Tracing.off(), OPTIONS, source(TRACEPARENT))) {
      span.carriedBy(publication(output));
      span.committed(Ending.PUBLISHED);
    }

    assertThat(traceparent(output)).isEqualTo(TRACEPARENT);
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  private SpanData only(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(name + " is not among " + spans.getFinishedSpanItems()));
  }

  private static String attribute(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private static String traceparent(ProducerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("traceparent").value(), UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> output(String topic) {
    return new ProducerRecord<>(topic, "p-1".getBytes(UTF_8), "{}".getBytes(UTF_8));
  }

  private static Publication publication(ProducerRecord<byte[], byte[]> record) {
    return new Publication(List.of(record), Optional.empty(), () -> {}, Ending.PUBLISHED);
  }

  private static SourceRecord source(String traceparent) {
    RecordHeaders headers = new RecordHeaders();
    if (traceparent != null) {
      headers.add("traceparent", traceparent.getBytes(UTF_8));
      headers.add("tracestate", "vendor=1".getBytes(UTF_8));
    }
    return new SourceRecord(
        "patrol.requested", "topic-id", 3, 7, Instant.EPOCH, null, "{}".getBytes(UTF_8), headers);
  }
}
