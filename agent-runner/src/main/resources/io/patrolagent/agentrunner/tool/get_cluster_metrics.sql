-- Samples of a cluster's metrics since an instant, which is itself left out.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
--   :cluster_id text         the cluster asked for
--   :metrics    text[]       names of the metrics
--   :since      timestamptz  where the window begins; it ends at :now
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, a row per sample, those of a metric in the order of their time:
--   metric      text         its name
--   sampled_at  timestamptz  when it was sampled
--   value       numeric      the sample
--
-- Served by the primary key (cluster_id, metric, sampled_at).
select m.metric, m.sampled_at, m.value
from byoc.clusters c
cross join unnest(cast(:metrics as text[])) as asked(metric)
join byoc.cluster_metrics m
  on m.cluster_id = c.cluster_id
  and m.metric = asked.metric
  and m.sampled_at > cast(:since as timestamptz)
  and m.sampled_at <= cast(:now as timestamptz)
where c.cluster_id = :cluster_id
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
order by m.metric, m.sampled_at
