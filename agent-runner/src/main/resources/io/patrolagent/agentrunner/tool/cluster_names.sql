-- The clusters in scope among which the closest to an id that does not exist are looked for.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
--   :cluster_id text         the id that does not exist
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, a row per cluster:
--   cluster_id    text  a cluster
--   cluster_name  text  its name
--
-- Capped, since all of them are compared: those of the same beginning first.
select c.cluster_id, c.cluster_name
from byoc.clusters c
where true
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
order by
  left(lower(c.cluster_id), 4) = left(lower(:cluster_id), 4) desc,
  left(lower(c.cluster_name), 4) = left(lower(:cluster_id), 4) desc,
  c.cluster_id
limit 20000
