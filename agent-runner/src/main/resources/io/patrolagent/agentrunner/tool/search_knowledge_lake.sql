-- The documents of the knowledge lake that have words of the query, the best first.
--
-- A word counts in its stem (english) and as it is written (simple), so that versions and error codes are
-- exact. Any word will do; the more of them the better, one that few documents have weighs more, and so
-- does one in title, tags or versions.
--
-- Parameters, each by name. Documents belong to no cluster, so that no scope narrows them:
--   :query  text
--   :limit  integer  most documents
--
-- Result:
--   document_id        text
--   kind               text
--   title              text
--   snippet            text         the words around those that were found, each between ⟦ and ⟧
--   tags               jsonb        an array of texts
--   affected_versions  jsonb        an array of texts
--   published_at       timestamptz
--   score              numeric      comparable within one result only
--   matching           bigint       documents among the candidates that have any of the words
--
-- Every document is looked through for the letters of the words, and only the best 300 are taken apart
-- into words: fine for some thousand documents. For more, keep the words in the table, make an index on
-- them, and take the candidates from it in a file of your own:
--   alter table knowledge.documents add column words tsvector generated always as (
--     setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('english', title), 'A') ||
--     setweight(to_tsvector('english', body), 'C') || setweight(to_tsvector('simple', body), 'D')) stored;
--   create index on knowledge.documents using gin (words);
with asked as materialized (
  select w.lexeme
  from unnest(to_tsvector('english', :query)) w
  union
  select w.lexeme
  from unnest(to_tsvector('simple', :query)) w
  where ts_lexize('pg_catalog.english_stem', w.lexeme) <> '{}' -- no stop words
),
terms as materialized (
  select
    cast('''' || replace(replace(lexeme, chr(92), repeat(chr(92), 2)), '''', '''''') || '''' as tsquery) as term,
    rtrim(lexeme, 'i') as part -- the stem of memory is memori
  from asked
),
anything as materialized (
  select cast(string_agg(cast(term as text), ' | ') as tsquery) as query from terms
),
-- cheap, and too much: what has the letters of a word may have the word
contained as materialized (
  select d.document_id, t.term
  from (
    select
      document_id,
      lower(concat_ws(' ', title, body, array_to_string(tags || affected_versions, ' '))) as letters
    from knowledge.documents
    offset 0 -- once for each document, not for each word
  ) d
  join terms t on strpos(d.letters, t.part) > 0
),
weights as materialized (
  select c.term, ln(1 + (select count(*) from knowledge.documents) / cast(count(*) as numeric)) as weight
  from contained c
  group by c.term
),
candidates as materialized (
  select c.document_id
  from contained c
  join weights w on w.term = c.term
  group by c.document_id
  order by sum(w.weight) desc, c.document_id desc
  limit 300
),
found as materialized (
  select
    d.document_id,
    setweight(to_tsvector('simple', d.title), 'A')
      || setweight(to_tsvector('english', d.title), 'A')
      || setweight(to_tsvector('simple', array_to_string(d.tags || d.affected_versions, ' ')), 'A')
      || setweight(to_tsvector('english', d.body), 'C')
      || setweight(to_tsvector('simple', d.body), 'D') as words
  from candidates c
  join knowledge.documents d on d.document_id = c.document_id
),
hits as materialized (
  select
    f.document_id,
    ts_rank('{0.1, 0.2, 0.4, 1.0}', f.words, t.term) as rank,
    w.weight
  from found f
  join terms t on f.words @@ t.term
  join weights w on w.term = t.term
),
ranked as (
  select
    h.document_id,
    count(*) over () as matching,
    sum(cast(h.rank as numeric) * h.weight) * count(*) as score
  from hits h
  group by h.document_id
  order by score desc, h.document_id desc
  limit :limit
)
select
  d.document_id,
  d.kind,
  d.title,
  ts_headline(
    'english', translate(d.body, '⟦⟧', ''), a.query,
    'StartSel=⟦, StopSel=⟧, MaxFragments=3, MaxWords=45, MinWords=15, FragmentDelimiter=" … "') as snippet,
  to_jsonb(d.tags) as tags,
  to_jsonb(d.affected_versions) as affected_versions,
  d.published_at,
  round(r.score, 3) as score,
  r.matching
from ranked r
join knowledge.documents d on d.document_id = r.document_id
cross join anything a
order by r.score desc, d.document_id desc
