package io.patrolagent.common.sql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column that a query must return: its name, what it may hold, and what that means. */
public record ResultColumn(String name, Kind kind, String meaning) {

  private static final Set<Integer> WHOLE_NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC);
  private static final Set<Integer> NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

  /** What a column may hold, each with the name of a type that fits. */
  public enum Kind {
    COUNT("integer"),
    NUMBER("numeric"),
    TEXT("text"),
    INSTANT("timestamptz"),
    JSON("jsonb");

    private final String sqlName;

    Kind(String sqlName) {
      this.sqlName = sqlName;
    }
  }

  public static ResultColumn count(String name, String meaning) {
    return new ResultColumn(name, Kind.COUNT, meaning);
  }

  public static ResultColumn number(String name, String meaning) {
    return new ResultColumn(name, Kind.NUMBER, meaning);
  }

  public static ResultColumn text(String name, String meaning) {
    return new ResultColumn(name, Kind.TEXT, meaning);
  }

  public static ResultColumn instant(String name, String meaning) {
    return new ResultColumn(name, Kind.INSTANT, meaning);
  }

  public static ResultColumn json(String name, String meaning) {
    return new ResultColumn(name, Kind.JSON, meaning);
  }

  /** What a result lacks or has of another type; empty where it fits. */
  public static List<String> misfits(List<ResultColumn> columns, @Nullable ResultSetMetaData result)
      throws SQLException {
    if (result == null) {
      return List.of("it returns no rows; it must be a query");
    }
    Map<String, Integer> indexes = new HashMap<>();
    for (int index = 1; index <= result.getColumnCount(); index++) {
      indexes.putIfAbsent(result.getColumnLabel(index).toLowerCase(Locale.ROOT), index);
    }
    List<String> misfits = new ArrayList<>();
    for (ResultColumn column : columns) {
      Integer index = indexes.get(column.name());
      if (index == null) {
        misfits.add("result column " + column + " is missing");
      } else if (!column.accepts(result, index)) {
        misfits.add(
            "result column "
                + column
                + " has type "
                + result.getColumnTypeName(index)
                + " instead");
      }
    }
    return misfits;
  }

  /** Whether the column of that index can be read as this one. */
  private boolean accepts(ResultSetMetaData result, int index) throws SQLException {
    String type = result.getColumnTypeName(index);
    return switch (kind) {
      case COUNT -> WHOLE_NUMBERS.contains(result.getColumnType(index));
      case NUMBER -> NUMBERS.contains(result.getColumnType(index));
      case TEXT -> true; // every type has a text form, and ids may be numbers
      case INSTANT -> type.equals("timestamptz"); // without a zone it is no instant
      case JSON -> type.equals("jsonb") || type.equals("json");
    };
  }

  /** {@code stale (integer: clusters whose …)}. */
  @Override
  public String toString() {
    return name + " (" + kind.sqlName + ": " + meaning + ")";
  }
}
