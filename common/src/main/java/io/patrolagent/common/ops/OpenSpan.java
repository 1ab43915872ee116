package io.patrolagent.common.ops;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span under way, current on the thread that began it until that thread closes it. Carries names,
 * numbers and kinds of errors, never contents or messages.
 */
public final class OpenSpan implements AutoCloseable {

  private final Span span;
  private final Context context;
  private final Scope scope;

  @SuppressWarnings("MustBeClosedChecker") // closed with this, which is a scope itself
  OpenSpan(Span span, Context parent) {
    this.span = span;
    this.context = parent.with(span);
    this.scope = context.makeCurrent();
  }

  /** What others are put below, wherever they run. */
  public Context context() {
    return context;
  }

  /** The trace's id, or null where there is none. */
  public @Nullable String traceId() {
    return span.getSpanContext().isValid() ? span.getSpanContext().getTraceId() : null;
  }

  public OpenSpan set(String key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
    return this;
  }

  public OpenSpan set(String key, long value) {
    span.setAttribute(key, value);
    return this;
  }

  public OpenSpan set(String key, List<String> values) {
    span.setAttribute(AttributeKey.stringArrayKey(key), values);
    return this;
  }

  /** It came to nothing; {@code error.type} is a word of few, for grouping. */
  public void failed(String errorType) {
    span.setAttribute("error.type", errorType);
    span.setStatus(StatusCode.ERROR);
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }
}
