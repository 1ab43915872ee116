package io.patrolagent.reportsink.migration;

import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.Preparation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that {@code alerts.patrol_reports} is there, as this version writes it, and the
 * function through which the agent's model asks.
 *
 * <p>{@code run} applies what is pending, with a history table of its own so that it bears any
 * other migration tool and any other table in the schema; {@code verify} only says what is pending.
 * A table that these migrations did not make is taken over if it fits (somebody ran their SQL by
 * hand) and refused with the difference if it does not. Any number of instances may do this at
 * once: Flyway locks.
 */
public final class MigrationPreparation implements Preparation {

  static final String HISTORY = "patrol_schema_history";

  private static final Logger LOG = LoggerFactory.getLogger(MigrationPreparation.class);

  private static final String LOCATION = "classpath:io/patrolagent/reportsink/migration";
  private static final String BEFORE_ALL = "0";
  private static final String TABLE = "1";
  private static final String QUERY_FUNCTION = "2";

  /** As Flyway names them; a test holds the two together. */
  private static final List<String> ALL =
      List.of("1 patrol reports", "2 patrol query", "3 ends without a report", "4 checked reports");

  private final DataSource dataSource;
  private final MigrationMode mode;

  public MigrationPreparation(DataSource dataSource, MigrationMode mode) {
    this.dataSource = dataSource;
    this.mode = mode;
  }

  @Override
  public String name() {
    return "migrations";
  }

  @Override
  public void run() throws PermanentFailureException, SQLException {
    try (Connection connection = dataSource.getConnection()) {
      run(connection);
    }
  }

  private void run(Connection connection) throws PermanentFailureException, SQLException {
    Grants grants = new Grants(connection);
    if (mode == MigrationMode.RUN) {
      migrate(connection, grants);
    } else {
      verify(connection, grants);
    }
    Optional<PatrolReportsTable> table = PatrolReportsTable.in(connection);
    if (table.isPresent() && !table.get().hasAdditions() && table.get().isOfAnEarlierVersion()) {
      throw pending("", after(madeByOtherMeans(connection)));
    }
    refuseDifferences(table);
    grants.requireUse();
  }

  private void migrate(Connection connection, Grants grants)
      throws PermanentFailureException, SQLException {
    // the table before its history: another instance that is migrating commits both at once
    Optional<PatrolReportsTable> table = PatrolReportsTable.in(connection);
    boolean recorded = grants.historyExists();
    boolean readable = grants.mayReadHistory();
    if (recorded && !readable) {
      return; // another role migrates; whether the table fits is looked at next
    }
    if (table.isPresent() && !(readable && hasApplied())) {
      if (!table.get().isOfAnEarlierVersion()) {
        refuseDifferences(table);
      }
      grants.requireCreate();
      adopt(madeByOtherMeans(connection));
    }
    applyPending(grants);
  }

  private void applyPending(Grants grants) throws PermanentFailureException, SQLException {
    Flyway flyway = flyway(BEFORE_ALL);
    MigrationInfo[] pending = flyway.info().pending();
    if (pending.length == 0) {
      return;
    }
    grants.requireCreate();
    try {
      flyway.migrate();
      LOG.info("applied migrations: {}", names(pending));
    } catch (FlywayValidateException changed) {
      throw new PermanentFailureException(
          "the migrations recorded in alerts."
              + HISTORY
              + " are not those of this version: "
              + changed.getMessage(),
          changed);
    }
  }

  /** Records the migrations whose work is there already; what is missing of them stays pending. */
  private void adopt(String version) {
    flyway(version).baseline();
    LOG.info(
        "{} was made by other means and fits; recorded migrations up to {}",
        PatrolReportsTable.NAME,
        version);
  }

  /** Up to which version a database without a history looks as the migrations would leave it. */
  private static String madeByOtherMeans(Connection connection) throws SQLException {
    Optional<PatrolReportsTable> table = PatrolReportsTable.in(connection);
    if (table.isEmpty()) {
      return BEFORE_ALL;
    }
    if (!queryFunctionExists(connection)) {
      return TABLE;
    }
    return table.get().additions().orElse(QUERY_FUNCTION);
  }

  private static boolean queryFunctionExists(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                select exists (
                  select
                    from pg_catalog.pg_proc p
                    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                   where n.nspname = 'alerts' and p.proname = 'patrol_query')
                """);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private void verify(Connection connection, Grants grants)
      throws PermanentFailureException, SQLException {
    String pending = pendingOf(connection, grants);
    if (!pending.isEmpty()) {
      throw pending("PATROL_MIGRATIONS=verify, and ", pending);
    }
  }

  /** The versions that a database lacks; changes nothing. */
  static List<String> pendingIn(DataSource database) throws SQLException {
    MigrationPreparation verification = new MigrationPreparation(database, MigrationMode.VERIFY);
    try (Connection connection = database.getConnection()) {
      String names = verification.pendingOf(connection, new Grants(connection));
      return Arrays.stream(names.split(", ", -1)).map(name -> name.split(" ", 2)[0]).toList();
    }
  }

  /** By the history, or where it is not there or not to be read, by what is there. */
  private String pendingOf(Connection connection, Grants grants) throws SQLException {
    return grants.mayReadHistory()
        ? names(flyway(BEFORE_ALL).info().pending())
        : after(madeByOtherMeans(connection));
  }

  /** Without a look at the history, which the role may not be allowed. */
  private static String after(String version) {
    return String.join(", ", ALL.subList(Integer.parseInt(version), ALL.size()));
  }

  private static PermanentFailureException pending(String because, String names) {
    return new PermanentFailureException(
        because
            + "these migrations are pending: "
            + names
            + "; have a DBA apply what './patrol migrations' prints, or set"
            + " PATROL_MIGRATIONS=run");
  }

  private static void refuseDifferences(Optional<PatrolReportsTable> table)
      throws PermanentFailureException {
    List<String> differences =
        table.map(PatrolReportsTable::differences).orElse(List.of("it does not exist"));
    if (!differences.isEmpty()) {
      throw new PermanentFailureException(
          PatrolReportsTable.NAME
              + " is not the table that this version writes: "
              + String.join("; ", differences)
              + ". Rename it or move it to another schema, then start again");
    }
  }

  private boolean hasApplied() {
    return Arrays.stream(flyway(BEFORE_ALL).info().applied())
        .anyMatch(m -> m.getVersion() != null && m.getVersion().isAtLeast(TABLE));
  }

  private static String names(MigrationInfo[] migrations) {
    return String.join(
        ", ",
        Arrays.stream(migrations).map(m -> m.getVersion() + " " + m.getDescription()).toList());
  }

  private Flyway flyway(String baseline) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations(LOCATION)
        .failOnMissingLocations(true)
        .schemas("alerts")
        .createSchemas(true)
        .table(HISTORY)
        .baselineOnMigrate(true) // other tables in the schema are nobody's business
        .baselineVersion(baseline)
        .callbacks(new ShortLocks())
        .loggers("slf4j")
        .load();
  }
}
