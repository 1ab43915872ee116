-- The active clusters in scope that the agent looks at first, as two lists: the ten lowest health
-- scores, and every Tier S and A cluster that is Critical or whose score is below 60. A cluster may
-- be in both.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the snapshot; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a patrol fails and says so.
--
-- Result, a row per cluster and list, within a list in the order in which it is to be read:
--   list           text         worst or priority
--   cluster_id     text         the cluster
--   cluster_name   text         its name
--   customer_name  text         whose it is
--   customer_tier  text         S, A, B or C
--   cloud          text         aws, azure, gcp
--   region         text         where it is
--   version        text         of the database engine
--   health_score   numeric      its latest health score, null where it has none
--   scored_at      timestamptz  when that was taken
--   risk_level     text         its latest risk level, null where it has none
--   risk_reasons   jsonb        why: [{"code": "DISK_FILLING", "detail": "…"}], may be null
--   risk_at        timestamptz  when that was found
with scored as materialized (
  select c.*, h.score, h.scored_at
  from byoc.clusters c
  left join lateral (
    select s.score, s.scored_at
    from byoc.cluster_health_scores s
    where s.cluster_id = c.cluster_id
    order by s.scored_at desc, s.score_id desc
    limit 1
  ) h on true
  where c.status = 'active'
    and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
    and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
    and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
    and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
    and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
),
lowest as (
  select s.*
  from scored s
  where s.score is not null
  order by s.score, s.cluster_id
  limit 10
),
candidates as (
  select 'worst' as list, s.* from lowest s
  union all
  select 'priority' as list, s.* from scored s where s.customer_tier in ('S', 'A')
)
select
  k.list,
  k.cluster_id,
  k.cluster_name,
  k.customer_name,
  k.customer_tier,
  k.cloud,
  k.region,
  k.version,
  k.score as health_score,
  k.scored_at,
  r.risk_level,
  r.reasons as risk_reasons,
  r.snapshot_at as risk_at
from candidates k
left join lateral (
  select s.risk_level, s.reasons, s.snapshot_at
  from byoc.cluster_risk_snapshots s
  where s.cluster_id = k.cluster_id
  order by s.snapshot_at desc, s.snapshot_id desc
  limit 1
) r on true
where k.list = 'worst' or r.risk_level = 'Critical' or k.score < 60
order by
  k.list desc,
  case when k.list = 'priority' and k.customer_tier <> 'S' then 1 else 0 end,
  case when k.list = 'priority' and r.risk_level is distinct from 'Critical' then 1 else 0 end,
  k.score nulls last,
  k.cluster_id
