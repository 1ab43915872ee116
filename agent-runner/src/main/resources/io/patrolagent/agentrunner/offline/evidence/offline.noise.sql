-- Clusters in good health that raised many alerts within a day: as many as keep whoever is on call from reading them.
-- Asked by the offline analyst through query_sql.
--
-- Parameters, replaced by literals:
--   :until  timestamptz  the end of the day
--
-- Result:
--   question       text     always 'noise'
--   cluster_id     text
--   cluster_name   text
--   customer_name  text
--   customer_tier  text
--   alerts         bigint   fired within the day
--   firing         bigint   those of them that fire still
--   score          numeric  the newest health score
select 'noise' as question, c.cluster_id, c.cluster_name, c.customer_name, c.customer_tier,
  n.alerts, n.firing, h.score
from (
  select a.cluster_id, count(*) as alerts, count(*) filter (where a.status = 'firing') as firing
  from alerts.lark_alerts a
  where a.fired_at > :until - interval '24 hours'
  group by a.cluster_id
  having count(*) >= 20
    and count(*) filter (where a.severity = 'critical' and a.status = 'firing') = 0) n
join byoc.clusters c on c.cluster_id = n.cluster_id
join lateral (
  select s.score from byoc.cluster_health_scores s
  where s.cluster_id = n.cluster_id order by s.scored_at desc limit 1) h on true
join lateral (
  select r.risk_level from byoc.cluster_risk_snapshots r
  where r.cluster_id = n.cluster_id order by r.snapshot_at desc limit 1) r on true
where c.status = 'active' and h.score >= 80 and r.risk_level = 'Healthy'
order by n.alerts desc, c.cluster_id
limit 20
