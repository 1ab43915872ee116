package io.patrolagent.reportsink;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.TrendPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the counts of the reports before one, without reading the reports. */
final class TrendQuery {

  /**
   * A row whose counts are not there, or are no numbers, is no point: another version wrote it.
   * Scopes are equal where each contains the other, whatever the order of their lists.
   */
  private static final String POINTS =
      """
      select r.report_id, r.finished_at, p.critical, p.warning, p.unknown,
             case when jsonb_typeof(r.flagged_clusters) = 'array'
                  then jsonb_array_length(r.flagged_clusters) end as flagged
        from alerts.patrol_reports r
       cross join lateral (
          select max(n.value) filter (where n.name = 'critical') as critical,
                 max(n.value) filter (where n.name = 'warning') as warning,
                 coalesce(max(n.value) filter (where n.name = 'unknown'), 0) as unknown
            from (select name,
                         case when jsonb_typeof(counts.risk -> name) = 'number'
                              then least(greatest((counts.risk ->> name)::numeric, 0),
                                         2147483647)::integer end as value
                    from (select r.fleet_snapshot -> 'risk_distribution' as risk) counts
                   cross join unnest(array['critical', 'warning', 'unknown']) as name) n) p
       where r.report_type in ('morning', 'evening', 'weekly')
         and r.status in ('completed', 'partial', 'degraded')
         and (r.finished_at, r.report_id) <= (:finished_at, :id)
         and cast(:fleet as jsonb) || jsonb_strip_nulls(r.scope) @> cast(:scope as jsonb)
         and cast(:fleet as jsonb) || jsonb_strip_nulls(r.scope) <@ cast(:scope as jsonb)
         and p.critical is not null
         and p.warning is not null
       order by r.finished_at desc, r.report_id desc
       limit :most
      """;

  private TrendQuery() {}

  static List<TrendPoint> run(Handle handle, PatrolReport report, int most) {
    List<TrendPoint> newestFirst =
        handle
            .createQuery(POINTS)
            .bind("id", report.reportId().value())
            .bind("finished_at", ReportColumns.time(report.finishedAt()))
            .bind("scope", ReportColumns.json(report.scope()))
            .bind("fleet", ReportColumns.json(Scope.FLEET))
            .bind("most", most)
            .map((row, context) -> point(row))
            .list();
    List<TrendPoint> points = new ArrayList<>(newestFirst);
    Collections.reverse(points);
    return points;
  }

  private static TrendPoint point(ResultSet row) throws SQLException {
    @Nullable Integer flagged = row.getObject("flagged", Integer.class);
    return new TrendPoint(
        new PatrolId(row.getObject("report_id", UUID.class)),
        row.getObject("finished_at", OffsetDateTime.class).toInstant(),
        row.getInt("critical"),
        row.getInt("warning"),
        row.getInt("unknown"),
        flagged);
  }
}
