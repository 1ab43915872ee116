-- How many log lines of one cluster match, by level and component.
--
-- Parameters, each by name, as often as needed or not at all:
--   :now         timestamptz  the instant of the call
--   :accounts    text[]       account ids in scope
--   :customers   text[]       customer names in scope
--   :tiers       text[]       tiers in scope: S, A, B, C
--   :regions     text[]       regions in scope
--   :clusters    text[]       cluster ids in scope
--   :cluster_id  text         the cluster
--   :since       timestamptz  the oldest line that counts
--   :levels      text[]       levels that count
--   :pattern     text         for LIKE, escaped with a backslash and in lower case; '%' is everything
-- A cluster is in scope when it matches every array that is not empty. A file that leaves one of
-- the five out cannot serve a patrol that is narrowed by it; such a call fails and says so.
--
-- Result:
--   level      text
--   component  text
--   count      bigint
select l.level, l.component, count(*) as count
from byoc.cluster_logs l
join byoc.clusters c on c.cluster_id = l.cluster_id
where l.cluster_id = :cluster_id
  and l.logged_at >= :since
  and l.level = any (cast(:levels as text[]))
  and lower(l.message) like :pattern
  and (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
group by l.level, l.component
order by count(*) desc, l.level, l.component
