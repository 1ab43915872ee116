-- The log lines of one cluster, the newest first. Lines that differ in their digits alone are one row.
--
-- Parameters, each by name:
--   :cluster_id  text         the cluster, in the patrol's scope
--   :since       timestamptz  the oldest line that counts
--   :levels      text[]       levels that count
--   :pattern     text         for LIKE, escaped with a backslash and in lower case; '%' is everything
--   :limit       integer      most rows
--
-- Result:
--   logged_at  timestamptz  the newest line
--   first_at   timestamptz  the oldest one
--   level      text
--   node_id    text         of the newest line, may be null
--   component  text
--   message    text         of the newest line
--   count      bigint       how many lines
--   rows       bigint       how many rows there are without the limit
--
-- Needs an index on (cluster_id, logged_at desc).
select
  max(l.logged_at) as logged_at,
  min(l.logged_at) as first_at,
  l.level,
  (array_agg(l.node_id order by l.logged_at desc, l.log_id desc))[1] as node_id,
  l.component,
  (array_agg(left(l.message, 2000) order by l.logged_at desc, l.log_id desc))[1] as message,
  count(*) as count,
  count(*) over () as rows
from byoc.cluster_logs l
where l.cluster_id = :cluster_id
  and l.logged_at >= :since
  and l.level = any (cast(:levels as text[]))
  and lower(l.message) like :pattern
group by l.level, l.component, regexp_replace(l.message, '[0-9]+', '#', 'g')
order by max(l.logged_at) desc, max(l.log_id) desc
limit :limit
