package io.patrolagent.reportsink;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.ops.InstallationCheck;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.reportsink.fleet.FleetTables;
import io.patrolagent.reportsink.migration.MigrationMode;
import io.patrolagent.reportsink.migration.MigrationPreparation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the report-sink needs of the database: the product's own table, and the fleet's tables that
 * reports are checked against.
 */
public final class ReportSinkChecks implements AutoCloseable {

  private final Database database;

  private final FleetTables fleet;

  private ReportSinkChecks(DatabaseSettings settings, SqlDirectory directory) {
    this.database = Database.open(settings, DatabaseOptions.of("patrol-check").poolSize(4));
    this.fleet = new FleetTables(database.jdbi(), directory);
  }

  /** Reads what the service reads. */
  public static ReportSinkChecks of(Env env) {
    DatabaseSettings settings = DatabaseSettings.from(env);
    env.choice(Setting.MIGRATIONS, MigrationMode.class);
    Optional<Path> directory = env.directory(Setting.SQL_DIR);
    env.verify();
    return new ReportSinkChecks(settings, SqlDirectory.of(directory));
  }

  public List<InstallationCheck> all() {
    List<InstallationCheck> checks = new ArrayList<>();
    checks.add(
        InstallationCheck.of(
            "alerts.patrol_reports",
            "./patrol migrations prints what to run, or the report-sink makes it with"
                + " PATROL_MIGRATIONS=run",
            () -> {
              new MigrationPreparation(database.dataSource(), MigrationMode.VERIFY).run();
              return "as this version writes it, and writable";
            }));
    fleet.each(
        (name, problem) ->
            checks.add(
                InstallationCheck.of(
                    name,
                    "grant select on what it reads to the report-sink's role, or correct the file in"
                        + " PATROL_SQL_DIR; reports are checked without it until then",
                    () -> {
                      Optional<String> found = problem.get();
                      if (found.isPresent()) {
                        throw new IllegalStateException(found.get());
                      }
                      return "returns what it must";
                    })));
    return checks;
  }

  @Override
  public void close() {
    database.close();
  }
}
