-- What a model, or text that gives orders to it, might hand to query_sql. One attack after each line of
-- dashes and a name; "(answers)" are those that come to nothing, and all others are to be refused.
-- {pid} is the backend of a session that minds its own business, {file} a path that does not exist,
-- {loid} a large object. None may write, outlast its time, leave a setting or a lock behind, or hinder
-- that session.

---- two statements
select 1; delete from byoc.clusters
---- two statements, the second hidden behind a comment
select 1 /* ; */ ; /* */ delete from byoc.clusters --
---- commit and go on
commit; delete from byoc.clusters; begin
---- rollback and go on
rollback; delete from byoc.clusters
---- begin
begin
---- end of the transaction alone
commit
---- savepoint
savepoint a
---- prepare transaction
prepare transaction 'x'
---- set
set statement_timeout = 0
---- set local
set local lock_timeout = 0
---- set role
set role postgres
---- set session authorization
set session authorization postgres
---- set transaction read write
set transaction read write
---- set session characteristics
set session characteristics as transaction read write
---- reset
reset all
---- discard
discard all
---- show, which is harmless and still a command
show all
---- set_config of the timeout
select set_config('statement_timeout', '0', false)
---- set_config of the timeout, then time
select set_config('statement_timeout', '0', false), count(*) from generate_series(1, 1000000000000)
---- set_config of read only
select set_config('transaction_read_only', 'off', false)
---- set_config of the default for read only
select set_config('default_transaction_read_only', 'off', false)
---- set_config of the role
select set_config('role', 'postgres', false)
---- set_config of the session authorization
select set_config('session_authorization', 'postgres', false)
---- set_config of the search path
select set_config('search_path', 'pg_temp', false)
---- set_config by a quoted name
select pg_catalog."set_config"('work_mem', '1GB', false)
---- set_config by an escaped name
select U&"set\005Fconfig"('work_mem', '1GB', false)
---- set_config by an escaped name with another escape character
select u&"set!005Fconfig" uescape '!' ('work_mem', '1GB', false)
---- set_config, comments before the parenthesis
select set_config/* a /* b */ c */
  -- d
  ('work_mem', '1GB', false)
---- set_config in capitals
SELECT SET_CONFIG('work_mem', '1GB', FALSE)
---- set_config in a view of the settings
update pg_settings set setting = '1GB' where name = 'work_mem'
---- insert
insert into byoc.clusters select * from byoc.clusters
---- insert returning
insert into alerts.issues (cluster_id, title, severity, status, opened_at)
values ('c-1', 'x', 'low', 'ongoing', now()) returning *
---- update returning
update byoc.clusters set region = 'mars' returning cluster_id
---- delete returning
delete from alerts.issues returning *
---- merge
merge into byoc.clusters c using (values ('c-1')) v(id) on c.cluster_id = v.id when matched then delete
---- writable CTE
with gone as (delete from byoc.clusters returning *) select count(*) from gone
---- writable CTE, deeper
with a as (select 1), b as (with c as (update byoc.clusters set region = 'x' returning 1) select * from c) select * from b
---- select into
select * into byoc.copy from byoc.clusters
---- select into temporary
select * into temp stolen from byoc.clusters
---- create table as
create table byoc.copy as select * from byoc.clusters
---- create temporary table
create temp table stolen as select * from byoc.clusters
---- create view
create view byoc.v as select 1
---- create function
create function public.f() returns int language sql as 'select 1'
---- create extension
create extension dblink
---- create role
create role intruder superuser login
---- alter role
alter role reader superuser
---- alter role set
alter role reader set statement_timeout = 0
---- alter system
alter system set statement_timeout = 0
---- alter table
alter table byoc.clusters add column x int
---- drop
drop table byoc.clusters cascade
---- drop the function itself
drop function alerts.patrol_query(text, integer, integer)
---- grant
grant all on all tables in schema byoc to reader
---- truncate
truncate byoc.clusters cascade
---- comment
comment on table byoc.clusters is 'x'
---- security label
security label on table byoc.clusters is 'x'
---- vacuum
vacuum byoc.clusters
---- analyze
analyze byoc.clusters
---- cluster
cluster byoc.clusters
---- reindex
reindex table byoc.clusters
---- refresh
refresh materialized view byoc.summary
---- checkpoint
checkpoint
---- load
load 'plpgsql'
---- call
call byoc.a_procedure()
---- prepare
prepare p as delete from byoc.clusters
---- execute
execute p
---- deallocate
deallocate all
---- declare with hold
declare c cursor with hold for select * from byoc.clusters
---- fetch
fetch all from c
---- close
close all
---- do
do $$ begin delete from byoc.clusters; end $$
---- do with another language
do language plpgsql 'begin perform pg_sleep(100); end'
---- copy to a file
copy byoc.clusters to '{file}'
---- copy to a program
copy (select 1) to program 'touch {file}'
---- copy from a program
copy byoc.clusters from program 'touch {file}'
---- copy to stdout
copy byoc.clusters to stdout
---- lock
lock table byoc.clusters in access exclusive mode
---- for update
select * from byoc.clusters for update
---- for key share, in a subquery
select * from (select * from byoc.clusters for key share) c
---- listen
listen everything
---- notify
notify everything, 'x'
---- pg_notify
select pg_notify('everything', 'x')
---- unlisten
unlisten *
---- explain analyze of a write
explain analyze delete from byoc.clusters
---- explain analyze with options
explain (analyze, buffers) insert into byoc.clusters select * from byoc.clusters
---- advisory lock of the session, and hold it
select pg_advisory_lock(42), (select count(*) from generate_series(1, 1000000000000))
---- advisory lock of the session
select pg_advisory_lock(42)
---- advisory lock, tried
select pg_try_advisory_lock(42), pg_try_advisory_lock_shared(43)
---- advisory lock of the transaction, and hold it
select pg_advisory_xact_lock(42), (select count(*) from generate_series(1, 1000000000000))
---- advisory lock in a lateral join
select * from byoc.clusters c, lateral pg_catalog.pg_advisory_lock(length(c.cluster_id)) l
---- advisory lock by way of XML
select query_to_xml('select pg_advi' || 'sory_lock(42)', true, true, '')
---- a query in a string for the statistics of words
select * from ts_stat('select pg_advi' || 'sory_lock(42)::text::tsvector')
---- a query in a string for rewriting
select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, pg_advi' || 'sory_lock(42)::text::tsquery')
---- sleep
select pg_sleep(1000)
---- sleep in each row
select pg_sleep_for('1 hour') from byoc.clusters
---- terminate another
select pg_terminate_backend({pid})
---- cancel another
select pg_cancel_backend({pid})
---- terminate everybody
select pg_terminate_backend(pid) from pg_stat_activity
---- nextval
select nextval('alerts.issues_issue_id_seq')
---- setval
select setval('alerts.issues_issue_id_seq', 1)
---- large object from a file
select lo_import('/etc/passwd')
---- large object to a file
select lo_export({loid}, '{file}')
---- large object made
select lo_create(4711)
---- large object made of bytes
select lo_from_bytea(0, '\xdeadbeef')
---- large object overwritten
select lo_put({loid}, 0, '\x00')
---- large object removed
select lo_unlink({loid})
---- file read
select pg_read_file('/etc/passwd')
---- file read as bytes
select pg_read_binary_file('postgresql.conf')
---- directory listed
select * from pg_ls_dir('/')
---- logs listed
select * from pg_ls_logdir()
---- file's status
select pg_stat_file('postgresql.conf')
---- configuration reloaded
select pg_reload_conf()
---- log rotated
select pg_rotate_logfile()
---- statistics reset
select pg_stat_reset()
---- write-ahead log switched
select pg_switch_wal()
---- restore point
select pg_create_restore_point('x')
---- replication slot
select pg_create_physical_replication_slot('x')
---- logical message
select pg_logical_emit_message(false, 'x', 'y')
---- snapshot exported
select pg_export_snapshot()
---- seed
select setseed(0.5)
---- dblink
select * from dblink('dbname=postgres user=postgres', 'create table t (n int)') as t(n int)
---- dblink by its connection string in a subquery
select dblink_connect('host=127.0.0.1 user=postgres')
---- a volatile function that writes
select byoc.remove_all()
---- a volatile function that writes, with an odd name
select byoc."Remove ""All"""()
---- a volatile function that writes, as if it were a column
select c.remove_one from byoc.clusters c
---- a function with its owner's rights that writes
select byoc.remove_as_owner()
---- a function that lies about being stable and writes
select byoc.remove_stably()
---- a function that lies about being stable and sleeps
select byoc.sleep_stably()
---- (answers) a function that lies about being stable and sets
select byoc.set_stably()
---- (answers) a function that lies about being stable and locks
select byoc.lock_stably()
---- a procedure as a function
select byoc.a_procedure()
---- a trigger's function
select byoc.a_trigger()
---- (answers) itself
select * from alerts.patrol_query('select 1', 1, 1000)
---- itself, many times
select * from alerts.patrol_query('select * from alerts.patrol_query(''select * from alerts.patrol_query(''''delete from byoc.clusters'''', 9, 9999)'', 9, 9999)', 9, 9999)
---- itself without caps
select * from alerts.patrol_query('select * from generate_series(1, 1000000000000)', 2147483647, 2147483647)
---- itself with an advisory lock
select * from alerts.patrol_query('select pg_advi' || 'sory_lock(42)', 9, 9999)
---- its parameter
select $1
---- its variables
select sql, rows_left from byoc.clusters
---- out of its quotes
' ; delete from byoc.clusters ; --
---- out of its dollar quotes
$function$ ; delete from byoc.clusters ; $function$
---- dollar quotes around a statement
select $a$; delete from byoc.clusters; $a$; delete from byoc.clusters
---- a comment that does not end
select 1 /* delete from byoc.clusters
---- a semicolon in full width
select 1； delete from byoc.clusters
---- a keyword with a soft hyphen
de­lete from byoc.clusters
---- a quote in full width
select ＇1＇; delete from byoc.clusters
---- right to left
‮select 1‬; delete from byoc.clusters
---- a backslash before a quote
select '\'; delete from byoc.clusters; --'
---- (answers) an escape string
select E'\'; delete from byoc.clusters; --'
---- null byte in an escape
select E'\000'
---- invalid UTF-8 in an escape
select E'\xff\xfe'
---- half a surrogate pair
select U&'\D800'
---- only a comment
-- nothing
---- only a semicolon
;
---- a million million rows
select * from generate_series(1, 1000000000000)
---- a million million rows, counted
select count(*) from generate_series(1, 1000000000000)
---- a million million rows, sorted
select n from generate_series(1, 1000000000000) n order by md5(n::text)
---- a recursion without an end
with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r
---- (answers) a recursion that doubles
with recursive r as (select 'x' as x union all select x || x from r) select x from r
---- every row with every row
select count(*) from pg_class a, pg_class b, pg_class c, pg_class d, pg_class e
---- (answers) a regular expression that backtracks
select repeat('a', 100000) ~ '^(a|aa)+$(b|\1)'
---- a gigabyte of text
select repeat('x', 1000000000)
---- five hundred megabytes in pieces
select string_agg(repeat('x', 1000000), '') from generate_series(1, 500)
---- more than a value holds
select repeat(repeat('x', 1000000), 2000)
---- an array of a hundred million
select array_agg(n) from generate_series(1, 100000000) n
---- sixteen hundred columns, and more
select {columns}
---- a number of a hundred thousand digits
select 10::numeric ^ 100000
---- factorials
select factorial(100000)
---- (answers) lists in lists in lists
select {brackets}
---- a JSON of many levels
select repeat('[', 100000)::json
---- padding
select lpad('x', 500000000)
---- (answers) a set in each column
select generate_series(1, 1000000000), generate_series(1, 999999999)
---- a text search that is long
select to_tsvector(repeat('ab cd ', 10000000))
---- (answers) XML that expands
select xmlparse(document '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>')
---- (answers) XML that reads a file
select xmlparse(document '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>')
---- passwords
select rolname, rolpassword from pg_authid
---- user mappings
select * from pg_user_mapping
