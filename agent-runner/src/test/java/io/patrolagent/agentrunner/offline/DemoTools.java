package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import io.patrolagent.agentrunner.tool.SearchKnowledgeLake;
import io.patrolagent.agentrunner.tool.SearchLogs;
import io.patrolagent.agentrunner.tool.Tool;
import io.patrolagent.agentrunner.tool.ToolArguments;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.ops.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tools on a demo fleet: the searches themselves, and stand-ins for the others, which answer as
 * far as the analyst reads with one statement each.
 */
final class DemoTools {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DemoTools() {}

  static Toolbox on(Database database, String url, String user, String password) {
    Stream<Tool> standIns =
        Stream.of(
                answer("query_fleet_summary", SUMMARY),
                answer("query_open_issues", ISSUES),
                answer("get_previous_patrol", "select json_build_object('found', false)"),
                answer("get_cluster_metrics", METRICS, "cluster_id"),
                answer("get_cluster_alerts", ALERTS, "cluster_id"),
                answer("get_infrastructure_state", NODES, "cluster_id"),
                answer("query_sql", ""))
            .map(answer -> answer.on(url, user, password));
    Stream<Tool> real =
        Stream.of(
            new SearchLogs(database, Optional.empty()),
            new SearchKnowledgeLake(database, Optional.empty()));
    return new Toolbox(Stream.concat(standIns, real).toList());
  }

  private static Answer answer(String tool, String sql, String... arguments) {
    return new Answer(tool, sql, List.of(arguments), new Access("", "", ""));
  }

  private record Access(String url, String user, String password) {}

  /** A statement that yields one JSON object, and the arguments that it takes, in order. */
  private record Answer(String name, String sql, List<String> parameters, Access access)
      implements Tool {

    Answer on(String url, String user, String password) {
      return new Answer(name, sql, parameters, new Access(url, user, password));
    }

    @Override
    public ToolSpecification specification() {
      return ToolSpecification.builder().name(name).description(name).build();
    }

    @Override
    public ObjectNode call(ToolArguments arguments, ToolContext context) throws Exception {
      String statement =
          sql.isEmpty()
              ? "select json_build_object('rows', coalesce(json_agg(x), '[]')) from ("
                  + arguments.json().path("sql").asText()
                  + ") x"
              : sql;
      try (Connection connection =
              DriverManager.getConnection(access.url(), access.user(), access.password());
          PreparedStatement query = connection.prepareStatement(statement)) {
        for (int i = 0; i < parameters.size(); i++) {
          query.setString(i + 1, arguments.json().path(parameters.get(i)).asText(""));
        }
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return (ObjectNode) JSON.readTree(row.getString(1));
        }
      }
    }
  }

  private static final String SUMMARY =
      """
      with latest as (
        select c.*, h.score, h.scored_at, r.risk_level, r.reasons, r.snapshot_at
        from byoc.clusters c
        left join lateral (select * from byoc.cluster_health_scores s
          where s.cluster_id = c.cluster_id order by s.scored_at desc limit 1) h on true
        left join lateral (select * from byoc.cluster_risk_snapshots s
          where s.cluster_id = c.cluster_id order by s.snapshot_at desc limit 1) r on true
        where c.status = 'active'),
      problems as (
        select cluster_id, cluster_name, account_id, customer_name, customer_tier, cloud, region,
          version, score as health_score, scored_at, risk_level, snapshot_at as risk_at,
          coalesce(reasons, '[]') as reasons
        from latest where risk_level in ('Critical', 'Warning') or score < 70)
      select json_build_object(
        'clusters', (select coalesce(json_agg(p), '[]') from (select * from problems
          order by customer_tier not in ('S', 'A'), risk_level <> 'Critical', health_score
          limit 60) p),
        'omitted', (select greatest(0, count(*) - 60) from problems),
        'cohorts', '[]'::json, 'stale', '[]'::json)""";

  private static final String ISSUES =
      """
      select json_build_object('issues', coalesce(json_agg(i), '[]')) from (
        select issue_id, cluster_id, title, severity,
          extract(epoch from now() - opened_at) / 3600 as age_hours
        from alerts.issues where status = 'ongoing' order by opened_at limit 50) i""";

  private static final String METRICS =
      """
      with samples as (
        select metric, sampled_at, value, extract(epoch from sampled_at - now()) / 3600 as hour
        from byoc.cluster_metrics
        where cluster_id = ? and sampled_at > now() - interval '24 hours'),
      lines as (
        select metric, count(*) as samples, max(value) as max,
          (array_agg(value order by sampled_at desc))[1] as latest, max(sampled_at) as latest_at,
          regr_slope(value, hour) as slope_per_hour, regr_r2(value, hour) as r_squared,
          case when metric in ('disk_used_percent', 'memory_percent') then 100
            when metric = 'certificate_days_left' then 0 end as threshold
        from samples group by metric),
      goals as (
        select *, case when r_squared > 0.3 and (threshold - latest) / slope_per_hour
            between 0 and 720 then (threshold - latest) / slope_per_hour
          end as hours_to_threshold
        from lines where slope_per_hour is distinct from 0)
      select json_build_object('metrics', coalesce(json_agg(m), '[]')) from (
        select *, latest_at + hours_to_threshold * interval '1 hour' as crosses_at from goals) m""";

  private static final String ALERTS =
      """
      select json_build_object('alerts', coalesce(json_agg(a), '[]')) from (
        select alert_name, severity, status, message, fired_at from alerts.lark_alerts
        where cluster_id = ? and (status = 'firing' or fired_at > now() - interval '24 hours')
        order by fired_at desc limit 50) a""";

  private static final String NODES =
      """
      select json_build_object('nodes', coalesce(json_agg(n), '[]')) from (
        select node_id, role, state, restarts_24h, observed_at from byoc.cluster_nodes
        where cluster_id = ?) n""";
}
