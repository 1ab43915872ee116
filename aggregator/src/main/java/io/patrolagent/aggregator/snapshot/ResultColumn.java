package io.patrolagent.aggregator.snapshot;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;

/** A column that a query must return: its name, what it may hold, and what that means. */
record ResultColumn(String name, Kind kind, String meaning) {

  private static final Set<Integer> WHOLE_NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC);
  private static final Set<Integer> NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

  enum Kind {
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

  static ResultColumn count(String name, String meaning) {
    return new ResultColumn(name, Kind.COUNT, meaning);
  }

  static ResultColumn number(String name, String meaning) {
    return new ResultColumn(name, Kind.NUMBER, meaning);
  }

  static ResultColumn text(String name, String meaning) {
    return new ResultColumn(name, Kind.TEXT, meaning);
  }

  static ResultColumn instant(String name, String meaning) {
    return new ResultColumn(name, Kind.INSTANT, meaning);
  }

  static ResultColumn json(String name, String meaning) {
    return new ResultColumn(name, Kind.JSON, meaning);
  }

  /** Whether the column of that index can be read as this one. */
  boolean accepts(ResultSetMetaData result, int index) throws SQLException {
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
