package io.patrolagent.common.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The trace that a trigger begins or goes on with, as W3C {@code traceparent}: the calling thread's
 * OpenTelemetry span where it has one, else a trace made up here and to be recorded.
 */
final class TraceParent {

  private static final String HEADER = "traceparent";

  private TraceParent() {}

  static ProducerRecord<byte[], byte[]> on(ProducerRecord<byte[], byte[]> record) {
    record.headers().remove(HEADER).add(HEADER, current().getBytes(UTF_8));
    return record;
  }

  /** {@code 00-TRACE-PARENT-FLAGS}. */
  static String current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-%s-%s-%s".formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
        : "00-%s%s-%s-01".formatted(id(), id(), id());
  }

  /** 64 random bits, not all of them 0. */
  private static String id() {
    return "%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }
}
