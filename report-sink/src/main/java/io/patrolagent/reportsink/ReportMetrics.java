package io.patrolagent.reportsink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Verification;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the patrols that were announced, and times those that came to a report from request to
 * row. Every counter is there before its first patrol: an increase shows only from a value that was
 * there. Thread-safe.
 */
final class ReportMetrics {

  /** From a demo to a patrol that waited for a broker; what is promised (15 min) is among them. */
  private static final Duration[] LATENCIES = {
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(15),
    Duration.ofMinutes(30),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofHours(24)
  };

  private final MeterRegistry meters;

  ReportMetrics(MeterRegistry meters) {
    this.meters = meters;
    for (ReportType type : ReportType.values()) {
      for (ReportStatus status : ReportStatus.values()) {
        reports(type, status);
      }
      latency(type);
      warnings(type);
      for (Mark mark : Mark.values()) {
        claims(type, mark);
      }
    }
    reports(null, ReportStatus.FAILED); // of a trigger that could not be read
  }

  void announced(PatrolReport report) {
    reports(report.reportType(), report.status()).increment();
    if (!report.status().isReport()) {
      return;
    }
    warnings(report.reportType()).increment(report.warnings().size());
    Verification checks = report.verification();
    if (checks != null) {
      claims(report.reportType(), Mark.VERIFIED).increment(checks.counts().verified());
      claims(report.reportType(), Mark.CONTRADICTED).increment(checks.counts().contradicted());
      claims(report.reportType(), Mark.UNSUPPORTED).increment(checks.counts().unsupported());
    }
    Instant requested = report.requestedAt();
    if (requested != null) {
      Duration took = Duration.between(requested, report.finishedAt());
      latency(report.reportType()).record(took.isNegative() ? Duration.ZERO : took);
    }
  }

  private Counter reports(@Nullable ReportType type, ReportStatus status) {
    return meters.counter("patrol.reports", "report_type", word(type), "status", status.wireName());
  }

  private Counter warnings(@Nullable ReportType type) {
    return meters.counter("patrol.report.warnings", "report_type", word(type));
  }

  private Counter claims(@Nullable ReportType type, Mark mark) {
    return meters.counter(
        "patrol.report.claims", "report_type", word(type), "mark", mark.wireName());
  }

  private Timer latency(@Nullable ReportType type) {
    return Timer.builder("patrol.report.latency")
        .description("from the request to the report's row")
        .tag("report_type", word(type))
        .serviceLevelObjectives(LATENCIES)
        .register(meters);
  }

  private static String word(@Nullable ReportType type) {
    return type == null ? "unknown" : type.wireName();
  }
}
