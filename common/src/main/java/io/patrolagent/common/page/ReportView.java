package io.patrolagent.common.page;

import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.TrendPoint;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A report and what it is read with: the reports before it, oldest first, and the zone of its
 * reader. All that a page shows follows from it, so that the same view always gives the same bytes.
 */
public record ReportView(PatrolReport report, List<TrendPoint> trend, ZoneId zone) {

  private static final ZoneId UTC = ZoneId.of("UTC");

  public ReportView {
    if (report == null || zone == null) {
      throw new IllegalArgumentException("a view needs a report and a zone");
    }
    trend = trend == null ? List.of() : List.copyOf(trend);
    // which would be written as Z
    zone = ZoneOffset.UTC.equals(zone.normalized()) ? UTC : zone;
  }

  /** The report alone, its times in UTC. */
  public static ReportView of(PatrolReport report) {
    return new ReportView(report, List.of(), UTC);
  }

  Times times() {
    return new Times(zone);
  }
}
