package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.sql.ResultColumn;
import io.patrolagent.common.stage.PermanentFailureException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a query's result by column name, read into values of their kind. */
record ResultRow(SqlFile file, int number, Map<String, Object> values) {

  private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

  static ResultRow read(SqlFile file, int number, ResultSet result) throws SQLException {
    Map<String, Object> values = new HashMap<>();
    for (ResultColumn column : file.query().columns()) {
      String name = column.name();
      Object value =
          switch (column.kind()) {
            case COUNT, NUMBER -> result.getBigDecimal(name);
            case TEXT, JSON -> result.getString(name);
            case INSTANT -> instant(result, name);
          };
      if (value != null) {
        values.put(name, value);
      }
    }
    return new ResultRow(file, number, values);
  }

  int count(String column) throws PermanentFailureException {
    BigDecimal count = (BigDecimal) values.get(column);
    if (count == null
        || count.signum() < 0
        || count.compareTo(MOST) > 0
        || count.stripTrailingZeros().scale() > 0) {
      throw wrong(column, "a whole number from 0", count);
    }
    return count.intValueExact();
  }

  @Nullable Double number(String column) {
    BigDecimal number = (BigDecimal) values.get(column);
    return number == null ? null : number.doubleValue();
  }

  String requiredText(String column) throws PermanentFailureException {
    String text = text(column);
    if (text == null || text.isEmpty()) {
      throw wrong(column, "a text", text);
    }
    return text;
  }

  @Nullable String text(String column) {
    return (String) values.get(column);
  }

  @Nullable Instant instant(String column) {
    return (Instant) values.get(column);
  }

  PermanentFailureException wrong(String column, String rule, @Nullable Object value) {
    return new PermanentFailureException(
        file + ": column " + column + " of row " + number + " must be " + rule + ", not " + value);
  }

  private static @Nullable Instant instant(ResultSet result, String name) throws SQLException {
    OffsetDateTime time = result.getObject(name, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
