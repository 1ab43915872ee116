-- The documents whose title is written much like the query: for queries with typing
-- errors, asked where search_knowledge_lake.sql finds nothing and the extension pg_trgm is installed in a
-- schema of the role's search_path.
--
-- Parameters and result: as in search_knowledge_lake.sql. The snippet is the beginning of the body.
with alike as materialized (
  select
    d.document_id,
    (select avg(best.similarity)
       from (
         select max(word_similarity(w.word, d.title))
           as similarity
         from regexp_split_to_table(lower(left(:query, 200)), '\s+') w(word)
         where length(w.word) > 2
         group by w.word
       ) best) as similarity
  from knowledge.documents d
),
ranked as (
  select s.document_id, s.similarity, count(*) over () as matching
  from alike s
  where s.similarity >= 0.45
  order by s.similarity desc, s.document_id desc
  limit :limit
)
select
  d.document_id,
  d.kind,
  d.title,
  left(d.body, 300) as snippet,
  to_jsonb(d.tags) as tags,
  to_jsonb(d.affected_versions) as affected_versions,
  d.published_at,
  round(cast(r.similarity as numeric), 3) as score,
  r.matching
from ranked r
join knowledge.documents d on d.document_id = r.document_id
order by r.similarity desc, d.document_id desc
