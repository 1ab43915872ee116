package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** W3C Trace Context in a record's headers: {@code traceparent} and {@code tracestate}. */
final class TraceHeaders implements TextMapGetter<Headers>, TextMapSetter<Headers> {

  static final TraceHeaders INSTANCE = new TraceHeaders();

  private TraceHeaders() {}

  @Override
  public @Nullable String get(@Nullable Headers headers, String key) {
    Header header = headers == null ? null : headers.lastHeader(key);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  @Override
  public void set(@Nullable Headers headers, String key, String value) {
    if (headers != null) {
      headers.remove(key).add(key, value.getBytes(UTF_8));
    }
  }
}
