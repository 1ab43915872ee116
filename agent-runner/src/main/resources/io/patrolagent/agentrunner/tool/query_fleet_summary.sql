-- Every active cluster in scope with its latest health score and risk level, however old.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, a row per cluster:
--   cluster_id     text         the cluster
--   cluster_name   text         its name
--   account_id     text         the cloud account that it is in
--   customer_name  text         whose it is
--   customer_tier  text         S, A, B or C
--   cloud          text         aws, azure, gcp
--   region         text         where it is
--   version        text         of the database engine
--   health_score   numeric      its latest health score, null where it has none
--   scored_at      timestamptz  when that was taken
--   risk_level     text         its latest risk level: Critical, Warning, Healthy; null where it has none
--   reasons        jsonb        why: [{"code": "DISK_FILLING", "detail": "…"}], may be null
--   risk_at        timestamptz  when that was found
--
-- One index probe per cluster and table, not a window over the recent rows: a cluster whose
-- collector died has no recent row and would drop out. Needs indexes on (cluster_id, scored_at desc)
-- and (cluster_id, snapshot_at desc). Of two rows of the same instant the one written later counts.
select
  c.cluster_id,
  c.cluster_name,
  c.account_id,
  c.customer_name,
  c.customer_tier,
  c.cloud,
  c.region,
  c.version,
  h.score as health_score,
  h.scored_at,
  r.risk_level,
  r.reasons,
  r.snapshot_at as risk_at
from byoc.clusters c
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
where c.status = 'active'
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
