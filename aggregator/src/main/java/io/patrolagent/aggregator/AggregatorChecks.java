package io.patrolagent.aggregator;

import io.patrolagent.aggregator.snapshot.SqlFiles;
import io.patrolagent.aggregator.snapshot.SqlFilesCheck;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.ops.InstallationCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the aggregator needs of the database: the tables that it reads, and each of its files. */
public final class AggregatorChecks implements AutoCloseable {

  private final Database database;
  private final SqlFiles files;
  private final DatabaseSettings settings;

  private AggregatorChecks(DatabaseSettings settings, SqlFiles files) {
    this.settings = settings;
    this.files = files;
    this.database =
        Database.open(settings, DatabaseOptions.of("patrol-check").readOnlyPool().poolSize(1));
  }

  /** Reads what the service reads. */
  public static AggregatorChecks of(Env env) {
    DatabaseSettings settings = DatabaseSettings.from(env);
    Optional<Path> directory = env.directory(Setting.SQL_DIR);
    env.verify();
    return new AggregatorChecks(settings, SqlFiles.load(directory));
  }

  public List<InstallationCheck> all() {
    List<InstallationCheck> checks = new ArrayList<>();
    for (String table : files.requiredTables()) {
      String name = table.replaceAll("\\(.*", "");
      checks.add(
          InstallationCheck.of(
              "table " + name,
              "grant select on it to "
                  + settings.user()
                  + ", or replace the files that read it in"
                  + " PATROL_SQL_DIR",
              () -> readable(table)));
    }
    new SqlFilesCheck(database.jdbi(), files)
        .each(
            (name, problems) ->
                checks.add(
                    InstallationCheck.of(
                        name,
                        "correct the file in PATROL_SQL_DIR; its head says what it returns",
                        () -> {
                          List<String> found = problems.get();
                          if (!found.isEmpty()) {
                            throw new IllegalStateException(String.join("; ", found));
                          }
                          return "returns what it must";
                        })));
    return checks;
  }

  private String readable(String table) throws Exception {
    try (Database asked =
        Database.open(settings, DatabaseOptions.of("patrol-check").poolSize(1))
            .requireTables(List.of(table))) {
      asked.check();
      return "readable with all columns";
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
