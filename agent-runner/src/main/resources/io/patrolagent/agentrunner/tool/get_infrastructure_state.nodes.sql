-- The nodes of a cluster as they were last observed.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
--   :cluster_id text         the cluster asked for
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, a row per node, the worst first:
--   node_id            text         the node
--   role               text         frontend, backend, compute
--   instance_type      text         of the cloud
--   zone               text         where it is
--   state              text         running, restarting, unreachable or stopped
--   restarts_24h       integer      how often it restarted in 24 hours
--   disk_total_gb      numeric      size of its disk
--   disk_used_gb       numeric      what of it is used
--   disk_used_percent  numeric      the same as a share, null for a disk of no size
--   observed_at        timestamptz  when this was so
select
  n.node_id,
  n.role,
  n.instance_type,
  n.zone,
  n.state,
  n.restarts_24h,
  n.disk_total_gb,
  n.disk_used_gb,
  round(100 * n.disk_used_gb / nullif(n.disk_total_gb, 0), 1) as disk_used_percent,
  n.observed_at
from byoc.cluster_nodes n
join byoc.clusters c on c.cluster_id = n.cluster_id
where n.cluster_id = :cluster_id
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
order by
  array_position(array['unreachable', 'restarting', 'stopped', 'running'], n.state),
  n.restarts_24h desc,
  disk_used_percent desc nulls last,
  n.node_id
