package io.patrolagent.reportsink.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The migrations as one script for a DBA, in one transaction and in plain SQL, so that any client
 * runs it. It writes Flyway's history as Flyway would have: {@code PATROL_MIGRATIONS=verify} then
 * finds nothing pending, and a later {@code run} goes on from there.
 */
public final class MigrationScript {

  /** Flyway's own table for PostgreSQL; a test holds the two together. */
  private static final String HISTORY =
      """
      create table if not exists alerts.{history} (
        installed_rank  integer       not null constraint {history}_pk primary key,
        version         varchar(50),
        description     varchar(200)  not null,
        type            varchar(20)   not null,
        script          varchar(1000) not null,
        checksum        integer,
        installed_by    varchar(100)  not null,
        installed_on    timestamp     not null default now(),
        execution_time  integer       not null,
        success         boolean       not null
      );
      create index if not exists {history}_s_idx on alerts.{history} (success);
      """
          .replace("{history}", MigrationPreparation.HISTORY);

  private static final String ROW =
      """
      insert into alerts.{history}
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        select coalesce(max(installed_rank), 0) + 1,
               '{version}', '{description}', 'SQL', '{script}', {checksum}, current_user, 0, true
          from alerts.{history};
      """
          .replace("{history}", MigrationPreparation.HISTORY);

  private MigrationScript() {}

  /** Every migration, for a database that has none. */
  public static String ofAll(DatabaseRoles roles) {
    return script(ShippedMigrations.all(), roles);
  }

  /** Those that this database lacks; the rights are in it whether there are any or not. */
  public static String ofPending(DataSource database, DatabaseRoles roles) throws SQLException {
    List<String> pending = MigrationPreparation.pendingIn(database);
    return script(
        ShippedMigrations.all().stream()
            .filter(migration -> pending.contains(migration.version()))
            .toList(),
        roles);
  }

  private static String script(List<Migration> migrations, DatabaseRoles roles) {
    StringBuilder script = new StringBuilder();
    script.append(
        migrations.isEmpty()
            ? "-- Nothing is pending; what follows are the services' rights alone.\n"
            : "-- Who runs this owns the table. It may be any role that may make tables in the"
                + " schema alerts.\n");
    script.append("begin;\n");
    for (Migration migration : migrations) {
      script.append("\n-- migration ").append(migration).append('\n');
      script.append(migration.sql().strip()).append("\n\n");
      script.append(HISTORY);
      script.append(
          ROW.replace("{version}", migration.version())
              .replace("{description}", migration.description())
              .replace("{script}", migration.script())
              .replace("{checksum}", Integer.toString(migration.checksum())));
    }
    script.append("\n-- what the services may do with it\n");
    script.append(statements(roles.onReports()));
    return script.append("\ncommit;\n").toString();
  }

  /** The roles and what they may read of the fleet, to be run once and before. */
  public static String ofRoles(DatabaseRoles roles) {
    return "-- the services' roles; give each a password, or another way to log in\n"
        + statements(roles.roles())
        + "\n-- what they read of the fleet; other tables have other names here\n"
        + statements(roles.onFleet());
  }

  private static String statements(List<String> statements) {
    return statements.stream().map(s -> s + ";\n").collect(Collectors.joining());
  }
}
