package io.patrolagent.reportsink.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the records that the view cannot read; they never stop it. Thread-safe. */
final class SkippedRecords {

  private static final Logger LOG = LoggerFactory.getLogger(SkippedRecords.class);

  private final MeterRegistry meters;

  SkippedRecords(MeterRegistry meters) {
    this.meters = meters;
  }

  void add(RecordMetadata at, Exception cause) {
    Counter.builder("patrol.status.skipped")
        .description("Records that the status view could not read")
        .tag("topic", at.topic())
        .register(meters)
        .increment();
    LOG.warn(
        "{}-{}@{} tells the status view nothing: {}",
        at.topic(),
        at.partition(),
        at.offset(),
        cause.getMessage());
  }
}
