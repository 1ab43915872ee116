-- How many clusters there are in scope, of whatever status.
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
-- Result, one row:
--   total       integer  clusters in scope
--   active      integer  those in service; only they count in the other figures by cluster
--   suspended   integer  those out of service for now
--   terminated  integer  those that are gone
select
  count(*) as total,
  count(*) filter (where c.status = 'active') as active,
  count(*) filter (where c.status = 'suspended') as suspended,
  count(*) filter (where c.status = 'terminated') as terminated
from byoc.clusters c
where true
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
