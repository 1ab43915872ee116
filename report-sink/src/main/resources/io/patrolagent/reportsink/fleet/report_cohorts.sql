-- How many active clusters in scope share a version, a region or a cloud: what a pattern among the
-- flagged ones is measured against.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now        timestamptz  the instant of the check; ages count back from it
--   :accounts   text[]       account ids in scope
--   :customers  text[]       customer names in scope
--   :tiers      text[]       tiers in scope: S, A, B, C
--   :regions    text[]       regions in scope
--   :clusters   text[]       cluster ids in scope
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a report is checked without the
-- fleet's tables and says so.
--
-- Result, a row per dimension and value, in any order:
--   dimension  text     version, region or cloud
--   value      text     what they share
--   active     integer  how many they are
with scoped as materialized (
  select c.version, c.region, c.cloud
  from byoc.clusters c
  where c.status = 'active'
    and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
    and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
    and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
    and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
    and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
)
select 'version' as dimension, s.version as value, count(*) as active from scoped s group by s.version
union all
select 'region', s.region, count(*) from scoped s group by s.region
union all
select 'cloud', s.cloud, count(*) from scoped s group by s.cloud
