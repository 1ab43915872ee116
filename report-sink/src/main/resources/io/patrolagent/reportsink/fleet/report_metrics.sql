-- The latest sample of each metric of the clusters that a report names, of the last 24 hours.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the check; ages count back from it
--   :ids        text[]       ids of clusters that exist
--
-- Result, a row per cluster and metric, in any order:
--   cluster_id  text         the cluster
--   metric      text         its name
--   value       numeric      the sample
--
-- From one name to the next by the primary key (cluster_id, metric, sampled_at), since there are
-- few names and many samples.
with recursive names as (
  select c.cluster_id, (
    select min(m.metric)
    from byoc.cluster_metrics m
    where m.cluster_id = c.cluster_id
  ) as metric
  from unnest(cast(:ids as text[])) as c(cluster_id)
  union all
  select n.cluster_id, (
    select min(m.metric)
    from byoc.cluster_metrics m
    where m.cluster_id = n.cluster_id and m.metric > n.metric
  )
  from names n
  where n.metric is not null
)
select n.cluster_id, n.metric, s.value
from names n
cross join lateral (
  select m.value
  from byoc.cluster_metrics m
  where m.cluster_id = n.cluster_id
    and m.metric = n.metric
    and m.sampled_at > cast(:now as timestamptz) - interval '24 hours'
    and m.sampled_at <= cast(:now as timestamptz)
  order by m.sampled_at desc
  limit 1
) s
where n.metric is not null
