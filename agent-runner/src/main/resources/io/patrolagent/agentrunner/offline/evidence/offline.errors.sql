-- Errors in the logs of some clusters, those that say the same counted together; asked by the offline analyst through
-- query_sql. Few lines and short ones, since an answer that is cut is lost; what may be addressed to a model comes first,
-- for it is rare.
--
-- Parameters, replaced by literals:
--   :cluster_ids  text, …      the clusters
--   :until        timestamptz  the end of the day that counts
--
-- Result:
--   question    text         always 'errors'
--   cluster_id  text
--   level       text
--   component   text
--   node_id     text         may be null
--   message     text
--   count       bigint       how many lines
--   logged_at   timestamptz  the newest of them
select 'errors' as question, l.cluster_id, l.level, l.component, max(l.node_id) as node_id,
  left(max(l.message), 220) as message, count(*) as count, max(l.logged_at) as logged_at
from byoc.cluster_logs l
where l.cluster_id in (:cluster_ids) and l.level in ('ERROR', 'FATAL')
  and l.logged_at > :until - interval '24 hours'
group by l.cluster_id, l.level, l.component, regexp_replace(l.message, '[0-9]+', '0', 'g')
order by max(l.message) ~* '\m(instructions?|prompt|assistant|as healthy)\M' desc,
  count desc, l.cluster_id
limit 50
