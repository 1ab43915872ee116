package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.patrolagent.common.ops.OpenSpan;
import io.patrolagent.common.ops.Tracing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The span of the work on one record, {@code process TOPIC}, from its delivery to its commit, below
 * the span of whoever wrote the record; and a span {@code send TOPIC} for each record that comes of
 * it, which ends when that one is committed. What is sent carries the context of its own span, so
 * that one trace leads from trigger to report. Names and attributes are those of OpenTelemetry's
 * conventions for messaging and Kafka.
 *
 * <p>Where no spans are made the context goes through as it came.
 */
final class RecordSpan implements AutoCloseable {

  private static final String NOT_COMMITTED = "not_committed";
  private static final Set<Publication.Ending> ERRORS =
      EnumSet.of(
          Publication.Ending.FAILED, Publication.Ending.EXPIRED, Publication.Ending.DEAD_LETTER);

  private final Tracing tracing;
  private final OpenSpan process;
  private final List<Span> sends = new ArrayList<>();
  private boolean committed;

  private RecordSpan(Tracing tracing, OpenSpan process) {
    this.tracing = tracing;
    this.process = process;
  }

  /** Begins the span on the thread that does the work. */
  static RecordSpan begin(Tracing tracing, StageOptions options, SourceRecord source) {
    Context parent =
        tracing.propagator().extract(Context.root(), source.headers(), TraceHeaders.INSTANCE);
    OpenSpan process =
        tracing
            .begin("process " + source.topic(), SpanKind.CONSUMER, parent)
            .set("messaging.system", "kafka")
            .set("messaging.operation.name", "process")
            .set("messaging.operation.type", "process")
            .set("messaging.destination.name", source.topic())
            .set("messaging.destination.partition.id", Integer.toString(source.partition()))
            .set("messaging.kafka.offset", source.offset())
            .set("messaging.consumer.group.name", options.group())
            .set("patrol.stage", options.stage());
    return new RecordSpan(tracing, process);
  }

  @Nullable String traceId() {
    return process.traceId();
  }

  /** What is published, each with its context. Dead letters stay as they came. */
  Publication carriedBy(Publication publication) {
    endSends(NOT_COMMITTED); // of a publication that the broker refused
    publication.records().stream().filter(record -> !DeadLetter.is(record)).forEach(this::carry);
    return publication;
  }

  private void carry(ProducerRecord<byte[], byte[]> record) {
    String patrol = record.key() == null ? null : new String(record.key(), UTF_8);
    process.set("patrol.id", patrol);
    Span send = tracing.start("send " + record.topic(), SpanKind.PRODUCER, process.context());
    send.setAttribute("messaging.system", "kafka");
    send.setAttribute("messaging.operation.name", "send");
    send.setAttribute("messaging.operation.type", "send");
    send.setAttribute("messaging.destination.name", record.topic());
    if (patrol != null) {
      send.setAttribute("messaging.kafka.message.key", patrol);
      send.setAttribute("patrol.id", patrol);
    }
    if (record.value() != null) {
      send.setAttribute("messaging.message.body.size", record.value().length);
    }
    tracing
        .propagator()
        .inject(process.context().with(send), record.headers(), TraceHeaders.INSTANCE);
    sends.add(send);
  }

  /** The record's end is committed, and with it all that was sent. */
  void committed(Publication.Ending ending) {
    committed = true;
    String word = ending.name().toLowerCase(Locale.ROOT);
    process.set("patrol.stage.ending", word);
    if (ERRORS.contains(ending)) {
      process.failed(word);
    }
    endSends(null);
  }

  private void endSends(@Nullable String errorType) {
    for (Span send : sends) {
      if (errorType != null) {
        send.setAttribute("error.type", errorType);
        send.setStatus(StatusCode.ERROR);
      }
      send.end();
    }
    sends.clear();
  }

  /** Ends it; a record whose end was not committed is delivered again and gets a span anew. */
  @Override
  public void close() {
    if (!committed) {
      process.failed(NOT_COMMITTED);
      endSends(NOT_COMMITTED);
    }
    process.close();
  }
}
