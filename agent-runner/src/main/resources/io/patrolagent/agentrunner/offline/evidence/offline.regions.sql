-- How old the newest health score of each region is; asked by the offline analyst through query_sql.
--
-- Parameters: none.
--
-- Result:
--   question           text         always 'regions'
--   region             text
--   clusters           bigint       active ones
--   priority_clusters  bigint       those of them in Tier S and A
--   latest_at          timestamptz  of the newest score, null where there is none
select 'regions' as question, c.region, count(*) as clusters,
  count(*) filter (where c.customer_tier in ('S', 'A')) as priority_clusters,
  max(h.latest) as latest_at
from byoc.clusters c
left join lateral (
  select max(s.scored_at) as latest from byoc.cluster_health_scores s
  where s.cluster_id = c.cluster_id) h on true
where c.status = 'active'
group by c.region
order by latest_at nulls first
