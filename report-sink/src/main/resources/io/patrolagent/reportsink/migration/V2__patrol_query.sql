-- Runs one query that the agent's model wrote, and returns its rows as JSON, as far as the caps go.
--
-- What it stops, and what is left to others:
--   several statements    a cursor is opened for one query
--   commands              nothing but a query has a cursor: no SET, COMMIT, DO, COPY, LOCK, LISTEN, …
--   writes                STABLE: PostgreSQL refuses inserts, updates, deletes, FOR UPDATE and EXPLAIN in it
--   functions that act    whatever the catalogue calls VOLATILE is refused by name: advisory locks,
--                         pg_sleep, set_config, large objects, files, dblink, other sessions' backends, …
--   endless results       max_rows, max_bytes
--   time                  is the caller's matter: statement_timeout, and a rollback afterwards
--
-- It runs with its caller's rights, so that it gives nobody what he could not do without it: that is
-- why everybody may call it, and why no superuser is needed to install it or to allow it to the
-- agent's role. (One who may not use the schema alerts does not reach it.)
--
-- Result, a row for each of the query's, and one more where it was cut:
--   value  json  the row, its columns in their order; times in UTC
--   cut    text  'rows' or 'bytes' in the last one, whose value is null; null otherwise
create or replace function alerts.patrol_query(sql text, max_rows integer, max_bytes integer)
  returns table (value json, cut text)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, byoc, alerts, knowledge, public, pg_temp
  set timezone = 'UTC'
as $function$
declare
  lowered   text := lower(sql collate "C");
  acting    text;
  result    refcursor;
  one       record;
  rows_left integer := max_rows;
  bytes     bigint := 0;
begin
  if strpos(lowered, 'u&"') > 0 then
    raise exception 'identifiers with Unicode escapes are not accepted'
      using errcode = 'feature_not_supported';
  end if;

  -- A call is a name, perhaps quoted, and a parenthesis, with nothing but blanks and comments between
  -- them. Text within strings is taken for code as well, which refuses too much and never too little:
  -- nothing that is left can execute a string. The second branch are names that a plain word cannot
  -- hold, the third those that may be written like a column of a row.
  select string_agg(distinct p.proname, ', ' order by p.proname)
    into acting
    from pg_proc p
   where p.provolatile = 'v'
     and p.prorettype <> all (array[
       'trigger', 'event_trigger', 'internal', 'tsm_handler', 'index_am_handler', 'table_am_handler',
       'fdw_handler', 'language_handler']::regtype[])
     and not (p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any (array[
       'random', 'random_normal', 'gen_random_uuid', 'uuidv4', 'uuidv7', 'clock_timestamp', 'timeofday',
       'pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size',
       'pg_database_size', 'pg_is_in_recovery']))
     and (p.proname in (
            select called[1]
              from regexp_matches(lowered, '([a-z_][a-z0-9_]*)"?\s*(?:\(|--|/\*)', 'g') called)
          or (p.proname !~ '^[a-z_][a-z0-9_]*$'
              and strpos(lowered, lower(replace(p.proname, '"', '""') collate "C")) > 0)
          or (p.pronargs = 1
              and (select t.typtype from pg_type t where t.oid = p.proargtypes[0]) in ('c', 'p')
              and strpos(lowered, p.proname) > 0));
  if acting is not null then
    raise exception 'functions that may change something are not accepted: %', acting
      using errcode = 'insufficient_privilege';
  end if;

  open result no scroll for execute sql;
  loop
    fetch result into one;
    exit when not found;
    if rows_left <= 0 then
      cut := 'rows';
    elsif pg_column_size(one) > 16::bigint * max_bytes then
      cut := 'bytes'; -- not even looked at: as text it would be larger still
    else
      value := to_json(one);
      bytes := bytes + octet_length(value::text);
      if bytes > max_bytes then
        cut := 'bytes';
      end if;
    end if;
    if cut is not null then
      value := null;
      return next;
      exit;
    end if;
    return next;
    rows_left := rows_left - 1;
  end loop;
  close result;
end
$function$;

grant execute on function alerts.patrol_query(text, integer, integer) to public;

comment on function alerts.patrol_query(text, integer, integer) is
  'Runs one query of PatrolAgent''s model, with the caller''s rights and without effects';
