package io.patrolagent.agentrunner.offline.evidence;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the analyst asks with {@code query_sql}: questions across all clusters that the other tools
 * answer for one at a time or not at all. Each row says in its column {@code question} what it
 * answers, so that an answer is told from that of any other query.
 */
public enum SqlQuestion {
  /** How old the newest health score of each region is. */
  REGIONS,
  /** Clusters in good health that raised many alerts within a day. */
  NOISE,
  /** Errors in the logs of some clusters, those that say the same counted together. */
  ERRORS,
  /** How many active clusters have a trait, for comparison. */
  SIZES;

  /** As many alerts in a day keep whoever is on call from reading them. */
  private static final int MANY_ALERTS = 20;

  private static final String TIME_FORMAT = "timestamptz '%s'";

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The query of {@link #REGIONS}. */
  public static String regions() {
    return """
    select 'regions' as question, c.region, count(*) as clusters,
      count(*) filter (where c.customer_tier in ('S', 'A')) as priority_clusters,
      max(h.latest) as latest_at
    from byoc.clusters c
    left join lateral (
      select max(s.scored_at) as latest from byoc.cluster_health_scores s
      where s.cluster_id = c.cluster_id) h on true
    where c.status = 'active'
    group by c.region
    order by latest_at nulls first""";
  }

  /** The query of {@link #NOISE} for the day before that time. */
  public static String noise(Instant until) {
    return """
    select 'noise' as question, c.cluster_id, c.cluster_name, c.customer_name, c.customer_tier,
      n.alerts, n.firing, h.score
    from (
      select a.cluster_id, count(*) as alerts, count(*) filter (where a.status = 'firing') as firing
      from alerts.lark_alerts a
      where a.fired_at > {until} - interval '24 hours'
      group by a.cluster_id
      having count(*) >= {many}
        and count(*) filter (where a.severity = 'critical' and a.status = 'firing') = 0) n
    join byoc.clusters c using (cluster_id)
    join lateral (
      select s.score from byoc.cluster_health_scores s
      where s.cluster_id = n.cluster_id order by s.scored_at desc limit 1) h on true
    join lateral (
      select r.risk_level from byoc.cluster_risk_snapshots r
      where r.cluster_id = n.cluster_id order by r.snapshot_at desc limit 1) r on true
    where c.status = 'active' and h.score >= 80 and r.risk_level = 'Healthy'
    order by n.alerts desc, c.cluster_id
    limit 20"""
        .replace("{until}", time(until))
        .replace("{many}", Integer.toString(MANY_ALERTS));
  }

  /**
   * The query of {@link #ERRORS} on these clusters for the day before that time. Few lines and
   * short ones, since an answer that is cut is lost; what may be addressed to a model comes first,
   * for it is rare.
   */
  public static String errors(Collection<String> clusterIds, Instant until) {
    return """
    select 'errors' as question, l.cluster_id, l.level, l.component, max(l.node_id) as node_id,
      left(max(l.message), 220) as message, count(*) as count, max(l.logged_at) as logged_at
    from byoc.cluster_logs l
    where l.cluster_id in ({ids}) and l.level in ('ERROR', 'FATAL')
      and l.logged_at > {until} - interval '24 hours'
    group by l.cluster_id, l.level, l.component, regexp_replace(l.message, '[0-9]+', '0', 'g')
    order by max(l.message) ~* '\\m(instructions?|prompt|assistant|as healthy)\\M' desc,
      count desc, l.cluster_id
    limit 50"""
        .replace("{until}", time(until))
        .replace("{ids}", literals(clusterIds));
  }

  /** The query of {@link #SIZES} for some values of columns of the clusters' table. */
  public static String sizes(Map<String, ? extends Collection<String>> valuesByColumn) {
    return valuesByColumn.entrySet().stream()
        .map(
            entry ->
                "select 'sizes' as question, '{column}' as dimension, {column} as value,"
                        .replace("{column}", entry.getKey())
                    + " count(*) as clusters from byoc.clusters where status = 'active' and "
                    + entry.getKey()
                    + " in ("
                    + literals(entry.getValue())
                    + ") group by "
                    + entry.getKey())
        .collect(Collectors.joining("\nunion all\n"));
  }

  private static String time(Instant time) {
    return TIME_FORMAT.formatted(time);
  }

  /** The values come from data: a quotation mark must not end the literal. */
  private static String literals(Collection<String> values) {
    return values.stream()
        .map(value -> "'" + value.replace("'", "''") + "'")
        .collect(Collectors.joining(", "));
  }
}
