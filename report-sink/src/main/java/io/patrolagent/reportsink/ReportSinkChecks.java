package io.patrolagent.reportsink;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.ops.InstallationCheck;
import io.patrolagent.reportsink.migration.MigrationMode;
import io.patrolagent.reportsink.migration.MigrationPreparation;
import java.util.List;

/** What the report-sink needs of the database: that it answers, and the product's own table. */
public final class ReportSinkChecks implements AutoCloseable {

  private final Database database;

  private ReportSinkChecks(DatabaseSettings settings) {
    this.database = Database.open(settings, DatabaseOptions.of("patrol-check").poolSize(4));
  }

  /** Reads what the service reads. */
  public static ReportSinkChecks of(Env env) {
    DatabaseSettings settings = DatabaseSettings.from(env);
    env.choice(Setting.MIGRATIONS, MigrationMode.class);
    env.verify();
    return new ReportSinkChecks(settings);
  }

  public List<InstallationCheck> all() {
    return List.of(
        InstallationCheck.of(
            "alerts.patrol_reports",
            "./patrol migrations prints what to run, or the report-sink makes it with"
                + " PATROL_MIGRATIONS=run",
            () -> {
              new MigrationPreparation(database.dataSource(), MigrationMode.VERIFY).run();
              return "as this version writes it, and writable";
            }));
  }

  @Override
  public void close() {
    database.close();
  }
}
