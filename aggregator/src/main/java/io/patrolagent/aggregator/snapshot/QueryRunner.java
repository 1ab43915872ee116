package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.ResultColumn;
import io.patrolagent.common.stage.PermanentFailureException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** Runs one file within the caller's transaction and holds its result against what is asked. */
final class QueryRunner {

  /** What a file may refer to. */
  static final List<String> PARAMETERS =
      List.of("now", "accounts", "customers", "tiers", "regions", "clusters");

  /** SQL states for which the file itself is to blame, so that running it again cannot help. */
  private static final Set<String> FILES_FAULT =
      Set.of("21", "22", "25", "42"); // cardinality, data, transaction state, syntax or access

  private QueryRunner() {}

  /** The file's rows, in its order. */
  static List<ResultRow> run(Handle handle, SqlFile file, Scope scope, Instant now)
      throws PermanentFailureException {
    Map<String, List<String>> arrays = arrays(scope);
    requireScope(file, arrays, scope);
    try (Query query = handle.createQuery(file.text())) {
      // text as it stands, not a template; and a replaced file may do without a parameter
      query
          .getConfig(SqlStatements.class)
          .setTemplateEngine((sql, context) -> sql)
          .setUnusedBindingAllowed(true);
      query.bind("now", now.atOffset(ZoneOffset.UTC));
      arrays.forEach((name, values) -> query.bindArray(name, String.class, values));
      return query.scanResultSet(
          (result, context) -> {
            try (context;
                ResultSet rows = result.get()) {
              return read(file, rows);
            }
          });
    } catch (MisfitException misfit) {
      throw new PermanentFailureException(String.valueOf(misfit.getMessage()), misfit);
    } catch (JdbiException failure) {
      throw failed(file, failure);
    }
  }

  /** What the result lacks or has of another type; empty where it fits. */
  static List<String> misfits(SqlFile file, @Nullable ResultSetMetaData result)
      throws SQLException {
    return ResultColumn.misfits(file.query().columns(), result);
  }

  private static List<ResultRow> read(SqlFile file, ResultSet result) throws SQLException {
    List<String> misfits = misfits(file, result.getMetaData());
    if (!misfits.isEmpty()) {
      throw new MisfitException(file + ": " + String.join("; ", misfits));
    }
    List<ResultRow> rows = new ArrayList<>();
    while (result.next()) {
      rows.add(ResultRow.read(file, rows.size() + 1, result));
    }
    return rows;
  }

  /** A file that does not know a narrowed dimension would answer for clusters out of scope. */
  private static void requireScope(SqlFile file, Map<String, List<String>> arrays, Scope scope)
      throws PermanentFailureException {
    if (!file.replaced() || scope.isFleet()) {
      return;
    }
    List<String> used = file.sql().parameters();
    for (var array : arrays.entrySet()) {
      if (!array.getValue().isEmpty() && !used.contains(array.getKey())) {
        throw new PermanentFailureException(
            file
                + " does not use :"
                + array.getKey()
                + ", so it cannot keep to the patrol's scope ("
                + scope.describe()
                + ")");
      }
    }
  }

  private static Map<String, List<String>> arrays(Scope scope) {
    Map<String, List<String>> arrays = new LinkedHashMap<>();
    arrays.put("accounts", scope.accounts());
    arrays.put("customers", scope.customers());
    arrays.put("tiers", scope.tiers());
    arrays.put("regions", scope.regions());
    arrays.put("clusters", scope.clusters());
    return arrays;
  }

  /**
   * A replaced file that the server refuses is refused for good. Where a shipped one is refused,
   * tables are missing or not readable, which the database's health says and an operator mends.
   */
  private static RuntimeException failed(SqlFile file, JdbiException failure)
      throws PermanentFailureException {
    String message = file + " failed: " + reason(failure);
    if (file.replaced() && isFilesFault(failure)) {
      throw new PermanentFailureException(message, failure);
    }
    return new IllegalStateException(message, failure);
  }

  private static boolean isFilesFault(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        return state != null && state.length() == 5 && FILES_FAULT.contains(state.substring(0, 2));
      }
    }
    return true; // it did not get as far as the server: a parameter that there is none of
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
  }

  /** Carries a misfit out of Jdbi, which lets only SQL exceptions through. */
  private static final class MisfitException extends RuntimeException {
    MisfitException(String message) {
      super(message);
    }
  }
}
