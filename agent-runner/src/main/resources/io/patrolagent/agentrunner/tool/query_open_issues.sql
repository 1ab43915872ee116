-- Ongoing issues of the clusters in scope, whatever the clusters' status.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the call; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
--   :severity   text         critical, high, medium, low, or null for all
--   :cluster_id text         of that cluster alone, or null for all
--   :limit      integer      the most rows
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result, a row per issue, the most severe first, then by tier, then the oldest:
--   total          integer      how many there are, the same in each row
--   issue_id       text         the issue
--   cluster_id     text         whose cluster's it is
--   cluster_name   text         that cluster's name
--   customer_name  text         that cluster's customer
--   customer_tier  text         that customer's tier
--   title          text         what it is about
--   severity       text         critical, high, medium or low
--   opened_at      timestamptz  when it was opened
select
  count(*) over () as total,
  i.issue_id,
  i.cluster_id,
  c.cluster_name,
  c.customer_name,
  c.customer_tier,
  i.title,
  i.severity,
  i.opened_at
from alerts.issues i
join byoc.clusters c on c.cluster_id = i.cluster_id
where i.status = 'ongoing'
  and (cast(:severity as text) is null or i.severity = cast(:severity as text))
  and (cast(:cluster_id as text) is null or i.cluster_id = cast(:cluster_id as text))
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
order by
  array_position(array['critical', 'high', 'medium', 'low'], i.severity),
  array_position(array['S', 'A', 'B', 'C'], c.customer_tier),
  i.opened_at,
  i.issue_id
limit :limit
