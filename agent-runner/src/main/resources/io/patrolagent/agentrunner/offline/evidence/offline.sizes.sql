-- How many active clusters have a trait, for comparison; asked by the offline analyst through query_sql.
--
-- Parameters, replaced by literals:
--   :traits  (text, text), …  dimension (account_id, version or region) and value
--
-- Result:
--   question   text    always 'sizes'
--   dimension  text
--   value      text
--   clusters   bigint
select 'sizes' as question, t.dimension, t.value, count(*) as clusters
from byoc.clusters c
cross join lateral (
  values ('account_id', c.account_id), ('version', c.version), ('region', c.region)
) as t (dimension, value)
where c.status = 'active' and (t.dimension, t.value) in (:traits)
group by t.dimension, t.value
