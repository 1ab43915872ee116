package io.patrolagent.common.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.patrol.Scope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * One file as it is used, bound to a scope, its result held against what it must return. Immutable.
 */
public final class FleetQuery {

  /** What every file may refer to. */
  public static final List<String> COMMON =
      List.of("now", "accounts", "customers", "tiers", "regions", "clusters");

  private static final int FETCH_SIZE = 1000;

  private final FleetFile file;
  private final SqlText sql;

  public FleetQuery(FleetFile file, SqlText sql) {
    this.file = file;
    this.sql = sql;
  }

  /**
   * Hands on the file's rows, in its order, as they come. A parameter may be null.
   *
   * @throws IllegalStateException if a replaced file cannot keep to the scope, or its result does
   *     not fit
   * @throws org.jdbi.v3.core.JdbiException if the database refuses it
   */
  public void each(
      Handle handle,
      Scope scope,
      Instant now,
      Map<String, ? extends @Nullable Object> parameters,
      Consumer<ObjectNode> consumer) {
    Map<String, List<String>> arrays = arrays(scope);
    requireScope(arrays, scope);
    try (Query query = handle.createQuery(sql.text())) {
      // text as it stands, not a template; and a replaced file may do without a parameter
      query
          .getConfig(SqlStatements.class)
          .setTemplateEngine((text, context) -> text)
          .setUnusedBindingAllowed(true);
      query.bind("now", now.atOffset(ZoneOffset.UTC));
      arrays.forEach((name, values) -> query.bindArray(name, String.class, values));
      parameters.forEach((name, value) -> bind(query, name, value));
      query.setFetchSize(FETCH_SIZE);
      query.scanResultSet(
          (result, context) -> {
            try (context;
                ResultSet rows = result.get()) {
              read(rows, consumer);
              return true;
            }
          });
    }
  }

  /** What keeps the server from answering it as asked; it is parsed and described, not run. */
  public Optional<String> problem(Handle handle) {
    ParsedSql parsed = sql.parsed();
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(file.parameters());
    List<String> unknown =
        parsed.getParameters().getParameterNames().stream()
            .filter(name -> !known.contains(name))
            .distinct()
            .toList();
    if (!unknown.isEmpty() || parsed.getParameters().isPositional()) {
      return Optional.of(
          sql
              + ": the parameters are "
              + known
              + ", not "
              + (unknown.isEmpty() ? "?" : String.join(", ", unknown)));
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(parsed.getSql())) {
      List<String> misfits = ResultColumn.misfits(file.columns(), statement.getMetaData());
      return misfits.isEmpty()
          ? Optional.empty()
          : Optional.of(sql + ": " + String.join("; ", misfits));
    } catch (SQLException refused) {
      return Optional.of(sql + ": " + String.valueOf(refused.getMessage()).replaceAll("\\s+", " "));
    }
  }

  public FleetFile file() {
    return file;
  }

  public SqlText sql() {
    return sql;
  }

  private void read(ResultSet result, Consumer<ObjectNode> consumer) throws SQLException {
    List<String> misfits = ResultColumn.misfits(file.columns(), result.getMetaData());
    if (!misfits.isEmpty()) {
      throw new IllegalStateException(sql + ": " + String.join("; ", misfits));
    }
    while (result.next()) {
      consumer.accept(JsonRow.read(file.columns(), result));
    }
  }

  /** A file that does not know a narrowed dimension would answer for clusters out of scope. */
  private void requireScope(Map<String, List<String>> arrays, Scope scope) {
    if (!sql.replaced() || scope.isFleet()) {
      return;
    }
    List<String> used = sql.parameters();
    for (var array : arrays.entrySet()) {
      if (!array.getValue().isEmpty() && !used.contains(array.getKey())) {
        throw new IllegalStateException(
            sql
                + " does not use :"
                + array.getKey()
                + ", so it cannot keep to the patrol's scope ("
                + scope.describe()
                + ")");
      }
    }
  }

  private static void bind(Query query, String name, @Nullable Object value) {
    if (value instanceof List<?> list) {
      query.bindArray(name, String.class, list);
    } else {
      query.bind(name, value);
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

  /** Its name, and whether an operator's goes before the shipped one. */
  @Override
  public String toString() {
    return sql.toString();
  }
}
