-- Ongoing issues of the clusters in scope, by severity, whatever the clusters' status.
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
--   critical  integer  ongoing issues of severity critical
--   high      integer  … of severity high
--   medium    integer  … of severity medium
--   low       integer  … of severity low
select
  count(*) filter (where i.severity = 'critical') as critical,
  count(*) filter (where i.severity = 'high') as high,
  count(*) filter (where i.severity = 'medium') as medium,
  count(*) filter (where i.severity = 'low') as low
from alerts.issues i
join byoc.clusters c on c.cluster_id = i.cluster_id
where i.status = 'ongoing'
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
