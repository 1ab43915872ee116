-- How many alerts get_cluster_alerts.sql has, by name and severity.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
--   :cluster_id text         the cluster asked for
--   :since      timestamptz  where the window begins, itself left out; it ends at :now
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, a row per name and severity, those that fire most first:
--   alert_name  text     what fired
--   severity    text     critical, warning or info
--   firing      integer  alerts that fire now
--   resolved    integer  alerts that no longer do
select
  a.alert_name,
  a.severity,
  count(*) filter (where a.status = 'firing') as firing,
  count(*) filter (where a.status <> 'firing') as resolved
from alerts.lark_alerts a
join byoc.clusters c on c.cluster_id = a.cluster_id
where a.cluster_id = :cluster_id
  and (a.status = 'firing' or a.fired_at > cast(:since as timestamptz) or a.resolved_at > cast(:since as timestamptz))
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
group by a.alert_name, a.severity
order by firing desc, resolved desc, a.alert_name, a.severity
