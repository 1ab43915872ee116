-- What is known of the clusters that a report names, whatever their status and whether in scope or
-- not: a cluster that is not among the rows does not exist.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the check; ages count back from it
--   :ids        text[]       what a report calls clusters: ids, or names in their place
--
-- Result, a row per cluster, in any order:
--   cluster_id              text         the cluster
--   cluster_name            text         its name
--   customer_name           text         whose it is
--   customer_tier           text         S, A, B or C
--   cloud                   text         aws, azure, gcp
--   region                  text         where it is
--   version                 text         of the database engine
--   status                  text         active, suspended or terminated
--   health_score            numeric      its latest health score, null where it has none
--   scored_at               timestamptz  when that was taken
--   risk_level              text         its latest risk level, null where it has none
--   risk_reasons            jsonb        why: [{"code": "DISK_FILLING", "detail": "…"}], may be null
--   risk_at                 timestamptz  when that was found
--   nodes                   integer      nodes observed in the last 24 hours, null where none was
--   nodes_not_running       integer      those of them that do not run
--   restarts_24h            integer      the most restarts that one of them had
--   firing_alerts           integer      alerts that fire now
--   firing_critical_alerts  integer      those of severity critical
--   open_issues             integer      ongoing issues
--   open_issues_critical    integer      … of severity critical
--   open_issues_high        integer      … of severity high
--
-- Index probes for the clusters asked for. Of two rows of the same instant the one written later counts.
with asked as materialized (
  select c.cluster_id from byoc.clusters c where c.cluster_id = any (cast(:ids as text[]))
  union
  select c.cluster_id from byoc.clusters c where c.cluster_name = any (cast(:ids as text[]))
)
select
  c.cluster_id,
  c.cluster_name,
  c.customer_name,
  c.customer_tier,
  c.cloud,
  c.region,
  c.version,
  c.status,
  h.score as health_score,
  h.scored_at,
  r.risk_level,
  r.reasons as risk_reasons,
  r.snapshot_at as risk_at,
  n.nodes,
  n.nodes_not_running,
  n.restarts_24h,
  a.firing_alerts,
  a.firing_critical_alerts,
  i.open_issues,
  i.open_issues_critical,
  i.open_issues_high
from asked
join byoc.clusters c on c.cluster_id = asked.cluster_id
left join lateral (
  select s.score, s.scored_at
  from byoc.cluster_health_scores s
  where s.cluster_id = c.cluster_id
  order by s.scored_at desc, s.score_id desc
  limit 1
) h on true
left join lateral (
  select s.risk_level, s.reasons, s.snapshot_at
  from byoc.cluster_risk_snapshots s
  where s.cluster_id = c.cluster_id
  order by s.snapshot_at desc, s.snapshot_id desc
  limit 1
) r on true
cross join lateral (
  select
    nullif(count(*), 0) as nodes,
    case when count(*) > 0 then count(*) filter (where s.state <> 'running') end as nodes_not_running,
    max(s.restarts_24h) as restarts_24h
  from byoc.cluster_nodes s
  where s.cluster_id = c.cluster_id
    and s.observed_at > cast(:now as timestamptz) - interval '24 hours'
) n
cross join lateral (
  select
    count(*) as firing_alerts,
    count(*) filter (where s.severity = 'critical') as firing_critical_alerts
  from alerts.lark_alerts s
  where s.cluster_id = c.cluster_id and s.status = 'firing'
) a
cross join lateral (
  select
    count(*) as open_issues,
    count(*) filter (where s.severity = 'critical') as open_issues_critical,
    count(*) filter (where s.severity = 'high') as open_issues_high
  from alerts.issues s
  where s.cluster_id = c.cluster_id and s.status = 'ongoing'
) i
