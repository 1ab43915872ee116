-- What the current role may do beyond reading, a phrase each: by itself, or as any role that it is a
-- member of, since SET ROLE takes what is not inherited. Asks the catalogue alone, changes nothing.
with roles as (
  select r.* from pg_catalog.pg_roles r where pg_catalog.pg_has_role(current_user, r.oid, 'member')
),
attributes as (
  select r.rolname, a.attribute, a.given
    from roles r,
         lateral (values
           ('superuser', r.rolsuper),
           ('createrole', r.rolcreaterole),
           ('createdb', r.rolcreatedb),
           ('replication', r.rolreplication),
           ('bypassrls', r.rolbypassrls)) a(attribute, given)
),
relations as (
  select c.oid, c.relkind, pg_catalog.format('%I.%I', n.nspname, c.relname) as name
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
     and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
     and n.nspname !~ '^pg_(toast_)?temp_'
),
findings(rank, what) as (
  select 1, pg_catalog.format('role %I has the attribute %s', a.rolname, a.attribute)
    from attributes a
   where a.given
  union all
  select 2, pg_catalog.format('it is a member of %I', r.rolname)
    from roles r
   where r.rolname in (
     'pg_write_all_data', 'pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files',
     'pg_signal_backend', 'pg_maintain', 'pg_create_subscription', 'pg_checkpoint',
     'pg_signal_autovacuum_worker')
  union all
  select 3, pg_catalog.format('it may create in the database %I', pg_catalog.current_database())
   where exists (
     select from roles r
      where pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'create'))
  union all
  select 4, pg_catalog.format('it may create in the schema %I', n.nspname)
    from pg_catalog.pg_namespace n
   where n.nspname !~ '^pg_(toast_)?temp_'
     and exists (
       select from roles r where pg_catalog.has_schema_privilege(r.oid, n.oid, 'create'))
  union all
  -- one row for each relation: a role that may write one table may often write them all
  select 5, pg_catalog.format('it has %s on %s',
              pg_catalog.string_agg(distinct p.privilege, ', ' order by p.privilege), t.name)
    from relations t
    cross join roles r
    cross join (values
      ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')) p(privilege)
   where t.relkind <> 'S'
     and (pg_catalog.has_table_privilege(r.oid, t.oid, p.privilege)
          or (p.privilege in ('insert', 'update', 'references')
              and pg_catalog.has_any_column_privilege(r.oid, t.oid, p.privilege)))
   group by t.name
  union all
  select 6, pg_catalog.format('it has %s on the sequence %s',
              pg_catalog.string_agg(distinct p.privilege, ', ' order by p.privilege), t.name)
    from relations t
    cross join roles r
    cross join (values ('usage'), ('update')) p(privilege)
   where t.relkind = 'S'
     and pg_catalog.has_sequence_privilege(r.oid, t.oid, p.privilege)
   group by t.name
  union all
  select 7, pg_catalog.format('%I owns %s', r.rolname,
              pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid))
    from pg_catalog.pg_shdepend d
    join roles r on r.oid = d.refobjid
   where d.refclassid = 'pg_catalog.pg_authid'::regclass
     and d.deptype = 'o'
     and d.dbid in (
       0, (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()))
)
select what from findings order by rank, what
