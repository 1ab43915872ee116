-- How many log lines of one cluster match, by level and component.
--
-- Parameters: as in search_logs.sql, without :limit.
--
-- Result:
--   level      text
--   component  text
--   count      bigint
select l.level, l.component, count(*) as count
from byoc.cluster_logs l
where l.cluster_id = :cluster_id
  and l.logged_at >= :since
  and l.level = any (cast(:levels as text[]))
  and lower(l.message) like :pattern
group by l.level, l.component
order by count(*) desc, l.level, l.component
