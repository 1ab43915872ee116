-- The ids of the clusters in the patrol's scope.
--
-- Parameters, each by name:
--   :accounts, :customers, :tiers, :regions, :clusters  text[]  what is in scope; an empty one is everything
--
-- Result:
--   cluster_id  text
select c.cluster_id
from byoc.clusters c
where (cardinality(cast(:accounts as text[])) = 0 or c.account_id = any (cast(:accounts as text[])))
  and (cardinality(cast(:customers as text[])) = 0 or c.customer_name = any (cast(:customers as text[])))
  and (cardinality(cast(:tiers as text[])) = 0 or c.customer_tier = any (cast(:tiers as text[])))
  and (cardinality(cast(:regions as text[])) = 0 or c.region = any (cast(:regions as text[])))
  and (cardinality(cast(:clusters as text[])) = 0 or c.cluster_id = any (cast(:clusters as text[])))
