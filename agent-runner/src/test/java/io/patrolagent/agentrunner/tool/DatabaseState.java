package io.patrolagent.agentrunner.tool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A checksum of every table, and of what of the catalogues a statement may change. */
final class DatabaseState {

  private static final String CHECKSUMS =
      """
      select name, md5(query_to_xml(query, true, true, '')::text)
        from (
          select c.oid::regclass::text as name,
                 format('select * from %s t order by t::text', c.oid::regclass) as query
            from pg_class c
           where c.relkind in ('r', 'p')
             and c.relnamespace in (
               'byoc'::regnamespace, 'alerts'::regnamespace, 'knowledge'::regnamespace)
          union all
          values
            ('relations', 'select oid, relname, relnamespace, relkind, relowner, relacl, reloptions
                             from pg_class
                            where oid >= 16384 and relnamespace <> ''pg_toast''::regnamespace
                            order by oid'),
            ('columns', 'select attrelid, attname, atttypid, attacl
                           from pg_attribute where attrelid >= 16384 order by 1, attnum'),
            ('functions', 'select oid, * from pg_proc where oid >= 16384 order by oid'),
            ('schemas', 'select oid, * from pg_namespace where nspname !~ ''^pg_(toast_)?temp''
                          order by oid'),
            ('roles', 'select * from pg_authid order by oid'),
            ('memberships', 'select * from pg_auth_members order by oid'),
            ('settings of roles', 'select * from pg_db_role_setting order by 1, 2'),
            ('settings of the server', 'select pg_read_file(''postgresql.auto.conf'')'),
            ('descriptions', 'select * from pg_description where objoid >= 16384 order by 1, 2, 3'),
            ('large objects', 'select m.*, lo_get(m.oid) from pg_largeobject_metadata m order by m.oid'),
            ('sequences', 'select sequencename, last_value from pg_sequences order by 1'),
            ('prepared transactions', 'select gid from pg_prepared_xacts'),
            ('slots', 'select slot_name from pg_replication_slots'),
            ('extensions', 'select extname from pg_extension order by 1'),
            ('databases', 'select datname, datacl from pg_database order by 1'),
            ('events', 'select count(*) from pg_listening_channels()')
        ) tables(name, query)
      """;

  private DatabaseState() {}

  static Map<String, String> of(ToolDatabase database) throws SQLException {
    Map<String, String> checksums = new TreeMap<>();
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(CHECKSUMS)) {
      while (rows.next()) {
        checksums.put(rows.getString(1), rows.getString(2));
      }
    }
    return checksums;
  }
}
