-- The active Tier S and A clusters in scope that a report must not pass over: with an ongoing issue of
-- severity critical or high, rated Critical, or with a score below 60; and the gravest such issue.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the check; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
--   :limit      integer      the most rows
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a report is checked without the
-- fleet's tables and says so.
--
-- Result, a row per cluster, Tier S first, then those rated Critical, then the lowest score:
--   cluster_id      text  the cluster
--   issue_severity  text  critical or high, null where it has no such issue
--   issue_title     text  what that issue is about, null likewise
with scored as materialized (
  select c.cluster_id, c.customer_tier, h.score, r.risk_level
  from byoc.clusters c
  left join lateral (
    select s.score
    from byoc.cluster_health_scores s
    where s.cluster_id = c.cluster_id
    order by s.scored_at desc, s.score_id desc
    limit 1
  ) h on true
  left join lateral (
    select s.risk_level
    from byoc.cluster_risk_snapshots s
    where s.cluster_id = c.cluster_id
    order by s.snapshot_at desc, s.snapshot_id desc
    limit 1
  ) r on true
  where c.status = 'active'
    and c.customer_tier in ('S', 'A')
    and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
    and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
    and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
    and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
    and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
),
gravest as materialized (
  select distinct on (i.cluster_id) i.cluster_id, i.severity, i.title
  from alerts.issues i
  where i.status = 'ongoing' and i.severity in ('critical', 'high')
  order by i.cluster_id, array_position(array['critical', 'high'], i.severity), i.opened_at, i.issue_id
)
select s.cluster_id, g.severity as issue_severity, g.title as issue_title
from scored s
left join gravest g on g.cluster_id = s.cluster_id
where g.cluster_id is not null or s.risk_level = 'Critical' or s.score < 60
order by
  array_position(array['S', 'A'], s.customer_tier),
  case when s.risk_level = 'Critical' then 0 else 1 end,
  s.score nulls last,
  s.cluster_id
limit :limit
