package io.patrolagent.reportsink;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.TrendPoint;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The table {@code alerts.patrol_reports}. Rows of other versions are read too: what a version did
 * not write, or wrote otherwise, is empty. Each method is a transaction of its own. Thread-safe.
 */
public final class ReportStore {

  private static final String DATA_EXCEPTION = "22";
  private static final String INTEGRITY_VIOLATION = "23";

  /**
   * For each type the newest by its index, then the newest of them all. Scopes are equal where each
   * contains the other, which is blind to the order of a list's entries; a list that a row does not
   * have is an empty one. A patrol's tries are all those that lead back to the same first.
   */
  private static final String SCHEDULED_BEFORE =
      """
      with recursive tried as (
          select cast(:id as uuid) as id
          union
          select cast(:retry_of as uuid) where cast(:retry_of as uuid) is not null
          union
          select r.retry_of
            from tried t join alerts.patrol_reports r on r.report_id = t.id
           where r.retry_of is not null),
      newest as (
          select r.report_id, r.finished_at
            from (values ('morning'), ('evening'), ('weekly')) as scheduled (report_type)
           cross join lateral (
              select c.report_id, c.finished_at
                from alerts.patrol_reports c
               where c.report_type = scheduled.report_type
                 and c.status in ('completed', 'degraded')
                 and c.requested_at < :requested_at
                 and c.due_at is distinct from coalesce(cast(:due_at as timestamptz), timestamptz '-infinity')
                 and cast(:fleet as jsonb) || jsonb_strip_nulls(c.scope) @> cast(:scope as jsonb)
                 and cast(:fleet as jsonb) || jsonb_strip_nulls(c.scope) <@ cast(:scope as jsonb)
                 and not exists (
                    with recursive tries as (
                        select c.report_id as id
                        union
                        select c.retry_of where c.retry_of is not null
                        union
                        select p.retry_of
                          from tries t join alerts.patrol_reports p on p.report_id = t.id
                         where p.retry_of is not null)
                    select from tries join tried using (id))
               order by c.finished_at desc
               limit :most) r
           order by r.finished_at desc, r.report_id desc
           limit :most)
      select report_id, agent_type, report_type, triggered_by, scope, focus, retry_of, shared_with,
             status, fleet_narrative, flagged_clusters, predictions, customer_summaries,
             recommended_actions, cast(null as text) as raw_report, fleet_snapshot, verification,
             diff, coverage, warnings, error, llm_provider, llm_model, input_tokens,
             cached_input_tokens, output_tokens, cost_usd, rounds, tool_calls, duration_ms,
             requested_at, due_at, started_at, finished_at
        from newest join alerts.patrol_reports using (report_id, finished_at)
       order by finished_at desc, report_id desc
      """;

  private final Jdbi jdbi;

  public ReportStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The report of a patrol that has ended. */
  public Optional<PatrolReport> find(PatrolId patrol) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from alerts.patrol_reports where report_id = :id")
                .bind("id", patrol.value())
                .map(new ReportRowMapper())
                .findOne());
  }

  /** The reports that finished last, the newest first. */
  public List<PatrolReport> latest(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select *
                      from alerts.patrol_reports
                     order by finished_at desc, report_id desc
                     limit :most
                    """)
                .bind("most", most)
                .map(new ReportRowMapper())
                .list());
  }

  /**
   * The reports before this request's that are worth comparing with: scheduled ones, complete, of
   * the same scope in whatever order its entries were given, asked for earlier, and not for the
   * same slot; newest first. Neither this patrol's own report nor any that it repeats, or that
   * repeats the same as it does, is among them. Their raw texts are left out.
   *
   * @throws PermanentFailureException if the database refuses the request's values themselves
   */
  public List<PatrolReport> scheduledBefore(PatrolRequest request, int most)
      throws PermanentFailureException {
    try {
      return findScheduledBefore(request, most);
    } catch (JdbiException e) {
      throw refusal(request.patrolId(), e);
    }
  }

  private List<PatrolReport> findScheduledBefore(PatrolRequest request, int most) {
    PatrolId retryOf = request.retryOf();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SCHEDULED_BEFORE)
                .bind("id", request.patrolId().value())
                .bind("retry_of", retryOf == null ? null : retryOf.value())
                .bind("scope", ReportColumns.json(request.scope()))
                .bind("fleet", ReportColumns.json(Scope.FLEET))
                .bind("requested_at", request.requestedAt().atOffset(ZoneOffset.UTC))
                .bind("due_at", ReportColumns.time(request.dueAt()))
                .bind("most", most)
                .map(new ReportRowMapper())
                .list());
  }

  /**
   * The counts of the last scheduled reports of this one's scope that have a snapshot, up to and
   * with this one, oldest first.
   */
  public List<TrendPoint> trend(PatrolReport report, int most) {
    return jdbi.withHandle(handle -> TrendQuery.run(handle, report, most));
  }

  /**
   * Stores the report, unless the patrol has one.
   *
   * @throws PermanentFailureException if the database refuses the values themselves
   */
  Insertion insert(PatrolReport report, SourceRecord source) throws PermanentFailureException {
    try {
      return jdbi.withHandle(handle -> insert(handle, StorableText.in(report), source));
    } catch (JdbiException e) {
      throw refusal(report.reportId(), e);
    }
  }

  /** What is wrong with the values themselves is wrong for good; everything else is as it was. */
  private static JdbiException refusal(PatrolId patrol, JdbiException e)
      throws PermanentFailureException {
    if (e.getCause() instanceof SQLException refused && isRefusal(refused)) {
      throw new PermanentFailureException(
          "the database refuses the report of patrol "
              + patrol
              + " (SQLSTATE "
              + refused.getSQLState()
              + ")",
          e);
    }
    return e;
  }

  private static Insertion insert(Handle handle, PatrolReport report, SourceRecord source) {
    int inserted =
        handle
            .createUpdate(
                """
                insert into alerts.patrol_reports (
                  report_id, report_type, triggered_by, scope, focus, retry_of, shared_with,
                  status,
                  fleet_narrative, flagged_clusters, predictions, customer_summaries,
                  recommended_actions, raw_report, fleet_snapshot, verification, diff, coverage,
                  warnings, error,
                  llm_provider, llm_model, input_tokens, cached_input_tokens, output_tokens,
                  cost_usd, rounds, tool_calls, duration_ms,
                  requested_at, due_at, started_at, finished_at,
                  source_topic, source_topic_id, source_partition, source_offset)
                values (
                  :report_id, :report_type, :triggered_by, cast(:scope as jsonb), :focus, :retry_of,
                  :shared_with, :status, :fleet_narrative, cast(:flagged_clusters as jsonb),
                  cast(:predictions as jsonb), cast(:customer_summaries as jsonb),
                  cast(:recommended_actions as jsonb), :raw_report, cast(:fleet_snapshot as jsonb),
                  cast(:verification as jsonb), cast(:diff as jsonb), cast(:coverage as jsonb),
                  cast(:warnings as jsonb), :error,
                  :llm_provider, :llm_model, :input_tokens, :cached_input_tokens, :output_tokens,
                  :cost_usd, :rounds, :tool_calls, :duration_ms,
                  :requested_at, :due_at, :started_at, :finished_at,
                  :source_topic, :source_topic_id, :source_partition, :source_offset)
                on conflict (report_id) do nothing
                """)
            .bindMap(ReportColumns.of(report))
            .bind("source_topic", source.topic())
            .bind("source_topic_id", source.topicId())
            .bind("source_partition", source.partition())
            .bind("source_offset", source.offset())
            .execute();
    return inserted == 1 ? new Insertion.Inserted() : existing(handle, report.reportId(), source);
  }

  /** By the topic's id and not its name: a topic made anew counts its offsets anew. */
  private static Insertion existing(Handle handle, PatrolId patrol, SourceRecord source) {
    return handle
        .createQuery(
            """
            select announced_at is not null as announced,
                   source_topic_id = :topic_id and source_partition = :partition
                     and source_offset = :offset as same_source
              from alerts.patrol_reports
             where report_id = :id
            """)
        .bind("topic_id", source.topicId())
        .bind("partition", source.partition())
        .bind("offset", source.offset())
        .bind("id", patrol.value())
        .map(
            (row, context) ->
                new Insertion.Exists(row.getBoolean("announced"), row.getBoolean("same_source")))
        .one();
  }

  /** Notes that the report's event was published; the first time counts. */
  void markAnnounced(PatrolId patrol) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alerts.patrol_reports
                       set announced_at = now()
                     where report_id = :id and announced_at is null
                    """)
                .bind("id", patrol.value())
                .execute());
  }

  private static boolean isRefusal(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION);
  }
}
