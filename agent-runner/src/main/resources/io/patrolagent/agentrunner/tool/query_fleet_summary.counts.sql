-- Clusters in scope by status, and the alerts of the last 24 hours and ongoing issues of all of
-- them. The 24 hours end at :now and leave out the instant they begin at.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, one row:
--   total               integer  clusters in scope, of whatever status
--   active              integer  those in service
--   suspended           integer  those out of service for now
--   terminated          integer  those that are gone
--   firing              integer  alerts that fire now and fired within the last 24 hours
--   resolved            integer  resolved alerts that fired or were resolved within them
--   firing_from_before  integer  alerts that fire now since before them
--   critical            integer  ongoing issues of severity critical
--   high                integer  … of severity high
--   medium              integer  … of severity medium
--   low                 integer  … of severity low
with scoped as materialized (
  select c.cluster_id, c.status
  from byoc.clusters c
  where true
    and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
    and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
    and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
    and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
    and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
),
clusters as (
  select
    count(*) as total,
    count(*) filter (where s.status = 'active') as active,
    count(*) filter (where s.status = 'suspended') as suspended,
    count(*) filter (where s.status = 'terminated') as terminated
  from scoped s
),
alert_counts as (
  select
    count(*) filter (where a.status = 'firing' and a.fired_at > t.since) as firing,
    count(*) filter (where a.status = 'resolved') as resolved,
    count(*) filter (where a.status = 'firing' and a.fired_at <= t.since) as firing_from_before
  from alerts.lark_alerts a
  join scoped s on s.cluster_id = a.cluster_id
  cross join (select cast(:now as timestamptz) - interval '24 hours' as since) t
  where a.status = 'firing' or a.fired_at > t.since or a.resolved_at > t.since
),
issue_counts as (
  select
    count(*) filter (where i.severity = 'critical') as critical,
    count(*) filter (where i.severity = 'high') as high,
    count(*) filter (where i.severity = 'medium') as medium,
    count(*) filter (where i.severity = 'low') as low
  from alerts.issues i
  join scoped s on s.cluster_id = i.cluster_id
  where i.status = 'ongoing'
)
select c.*, a.*, i.*
from clusters c
cross join alert_counts a
cross join issue_counts i
