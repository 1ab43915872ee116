package io.patrolagent.common.ops;

import io.micrometer.core.instrument.MeterRegistry;

/** Who is told what the work comes to: meters that are scraped, spans that are exported. */
public record Telemetry(MeterRegistry meters, Tracing tracing) {

  /** Meters, and no spans. */
  public static Telemetry of(MeterRegistry meters) {
    return new Telemetry(meters, Tracing.off());
  }
}
