package io.patrolagent.reportsink.migration;

import io.patrolagent.common.stage.PermanentFailureException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the role may do, asked before it is tried, so that the answer is the statement to run. */
final class Grants {

  private final Connection connection;
  private final String role;
  private final String database;

  Grants(Connection connection) throws SQLException {
    this.connection = connection;
    this.role = text("select quote_ident(current_user)");
    this.database = text("select quote_ident(current_database())");
  }

  /** Whether it may make what the migrations make. */
  void requireCreate() throws SQLException, PermanentFailureException {
    if (!is("select exists (select from pg_catalog.pg_namespace where nspname = 'alerts')")) {
      require(
          is("select has_database_privilege(current_database(), 'create')"),
          "make the schema alerts",
          "create schema alerts authorization " + role,
          "grant create on database " + database + " to " + role);
      return;
    }
    require(
        is(
            "select has_schema_privilege('alerts', 'usage')"
                + " and has_schema_privilege('alerts', 'create')"),
        "make tables in the schema alerts",
        "grant usage, create on schema alerts to " + role);
    require(
        is(
            """
            select coalesce(bool_and(pg_has_role(c.relowner, 'usage')), true)
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'alerts' and c.relname = 'patrol_reports'
            """),
        "alter alerts.patrol_reports",
        "alter table alerts.patrol_reports owner to " + role);
  }

  /** Whether it may write and read reports. */
  void requireUse() throws SQLException, PermanentFailureException {
    List<String> statements = new ArrayList<>();
    if (!is("select has_schema_privilege('alerts', 'usage')")) {
      statements.add("grant usage on schema alerts to " + role);
    }
    if (!is(
        """
        select bool_and(has_table_privilege(c.oid, p))
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace,
               unnest(array['select', 'insert', 'update']) p
         where n.nspname = 'alerts' and c.relname = 'patrol_reports'
        """)) {
      statements.add("grant select, insert, update on alerts.patrol_reports to " + role);
    }
    if (!statements.isEmpty()) {
      throw new PermanentFailureException(
          "role "
              + role
              + " may not write alerts.patrol_reports; its owner has to run: "
              + String.join("; ", statements));
    }
  }

  boolean historyExists() throws SQLException {
    return is(
        """
        select exists (
          select
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
           where n.nspname = 'alerts' and c.relname = 'patrol_schema_history')
        """);
  }

  /** Whether the history is there and the role may read it. */
  boolean mayReadHistory() throws SQLException {
    return is(
        """
        select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'alerts' and c.relname = 'patrol_schema_history'
        """);
  }

  private void require(boolean may, String what, String... statements)
      throws PermanentFailureException {
    if (!may) {
      throw new PermanentFailureException(
          "role "
              + role
              + " may not "
              + what
              + "; somebody who may has to run: "
              + String.join(" -- or: ", statements)
              + " -- or apply the migrations and set PATROL_MIGRATIONS=verify");
    }
  }

  private boolean is(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private String text(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }
}
