-- Alerts of the clusters in scope, whatever the clusters' status. The last 24 hours end at :now and
-- leave out the instant they begin at, so that no alert is in two days.
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
--   firing              integer  alerts that fire now and fired within the last 24 hours
--   resolved            integer  resolved alerts that fired or were resolved within them
--   firing_from_before  integer  alerts that fire now since before them
--
-- However long ago an alert fired, it may fire still: without an index on the firing ones this reads
-- the whole table. Where that hurts, create one on (cluster_id) where status = 'firing', and one on
-- (resolved_at).
select
  count(*) filter (where a.status = 'firing' and a.fired_at > t.since) as firing,
  count(*) filter (where a.status = 'resolved') as resolved,
  count(*) filter (where a.status = 'firing' and a.fired_at <= t.since) as firing_from_before
from alerts.lark_alerts a
join byoc.clusters c on c.cluster_id = a.cluster_id
cross join (select cast(:now as timestamptz) - interval '24 hours' as since) t
where (a.status = 'firing' or a.fired_at > t.since or a.resolved_at > t.since)
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
