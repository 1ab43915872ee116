package io.patrolagent.aggregator.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.Scope;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads {@code alerts.patrol_reports}. The report-sink makes that table; until it has, there is no
 * report and nothing to compare with. Whether it is there is asked first: a statement on a missing
 * table would end the transaction that it stands in.
 *
 * <p>As a health check it says when the table is there and may not be read: it is made after rights
 * were given on all tables, and patrols should wait for the missing one, not fail. Thread-safe.
 */
public final class ReportHistory implements HealthCheck {

  private static final String TABLE = "alerts.patrol_reports";

  private final Jdbi jdbi;

  public ReportHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String name() {
    return "report-history";
  }

  @Override
  public void check() {
    jdbi.useHandle(
        handle -> {
          boolean readable =
              handle
                  .createQuery(
                      "select coalesce(has_table_privilege(to_regclass(:table), 'select'), true)")
                  .bind("table", TABLE)
                  .mapTo(Boolean.class)
                  .one();
          if (!readable) {
            String role = handle.createQuery("select current_user").mapTo(String.class).one();
            throw new IllegalStateException(
                "role %s may not read %s; grant select on %s to %s"
                    .formatted(role, TABLE, TABLE, role));
          }
        });
  }

  /** Whether the patrol has ended already. */
  public boolean hasReport(PatrolId patrol) {
    return jdbi.withHandle(
        handle ->
            exists(handle)
                && handle
                    .createQuery(
                        "select exists (select from alerts.patrol_reports where report_id = :id)")
                    .bind("id", patrol.value())
                    .mapTo(Boolean.class)
                    .one());
  }

  /** How those of the patrols ended that have ended. */
  public Map<PatrolId, ReportStatus> ends(Collection<PatrolId> patrols) {
    Map<PatrolId, ReportStatus> ends = new HashMap<>();
    if (!patrols.isEmpty()) {
      jdbi.useHandle(
          handle -> {
            if (exists(handle)) {
              handle
                  .createQuery(
                      "select report_id, status from alerts.patrol_reports where report_id = any(:ids)")
                  .bindArray("ids", UUID.class, patrols.stream().map(PatrolId::value).toArray())
                  .map(
                      (row, context) ->
                          ends.put(
                              new PatrolId(row.getObject("report_id", UUID.class)),
                              status(row.getString("status"))))
                  .list();
            }
          });
    }
    return ends;
  }

  /** A newer version's end is none that this one could share. */
  private static ReportStatus status(String name) {
    try {
      return ReportStatus.parse(name);
    } catch (IllegalArgumentException newer) {
      return ReportStatus.FAILED;
    }
  }

  /**
   * The last patrol of exactly this scope that left a snapshot, as the handle's transaction sees.
   */
  public static Optional<PreviousPatrol> previous(Handle handle, Scope scope) {
    if (!exists(handle)) {
      return Optional.empty();
    }
    // contained in each other: the same values in whatever order
    return handle
        .createQuery(
            """
            select report_id, finished_at,
                   cast(fleet_snapshot -> 'cluster_counts' ->> 'active' as integer) as active
              from alerts.patrol_reports
             where fleet_snapshot -> 'cluster_counts' ->> 'active' is not null
               and scope @> cast(:scope as jsonb) and scope <@ cast(:scope as jsonb)
             order by finished_at desc, report_id desc
             limit 1
            """)
        .bind("scope", json(scope))
        .map(
            (row, context) ->
                new PreviousPatrol(
                    row.getObject("report_id", UUID.class),
                    row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                    row.getInt("active")))
        .findOne();
  }

  /** Whether the table is there, as the handle's transaction sees. */
  public static boolean exists(Handle handle) {
    return handle
        .createQuery("select to_regclass(:table) is not null")
        .bind("table", TABLE)
        .mapTo(Boolean.class)
        .one();
  }

  private static String json(Scope scope) {
    try {
      return EventCodec.mapper().writeValueAsString(scope);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("a scope cannot be written as JSON", impossible);
    }
  }
}
