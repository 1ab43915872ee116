-- Active clusters in scope by the score of their latest health score, however old that is.
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
-- Result, a row per region (or one row; the rows add up to all active clusters in scope):
--   region     text         where they are, for the warnings; may be null
--   healthy    integer      clusters whose latest score is in [80, 100]
--   moderate   integer      clusters whose latest score is in [60, 80)
--   poor       integer      clusters whose latest score is in [0, 60)
--   unknown    integer      clusters without a health score
--   stale      integer      clusters whose latest score is 24 hours old or older
--   latest_at  timestamptz  the newest score of any of them, null where there is none
--
-- One index probe per cluster, not a window over the recent rows: a cluster whose collector died
-- has no recent row and would drop out. Needs an index on (cluster_id, scored_at desc). Of two
-- rows of the same instant the one written later counts.
select
  c.region,
  count(*) filter (where h.score >= 80) as healthy,
  count(*) filter (where h.score >= 60 and h.score < 80) as moderate,
  count(*) filter (where h.score < 60) as poor,
  count(*) filter (where h.score is null) as unknown,
  count(*) filter (where h.scored_at <= cast(:now as timestamptz) - interval '24 hours') as stale,
  max(h.scored_at) as latest_at
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
group by c.region
