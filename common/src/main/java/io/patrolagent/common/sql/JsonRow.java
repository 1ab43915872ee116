package io.patrolagent.common.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as JSON values alone: times in UTC, numbers as numbers, whatever else a text holds. */
final class JsonRow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonRow() {}

  /** The columns asked for, in that order; what is null in the database is null. */
  static ObjectNode read(List<ResultColumn> columns, ResultSet result) throws SQLException {
    ObjectNode row = NODES.objectNode();
    for (ResultColumn column : columns) {
      String name = column.name();
      JsonNode value =
          switch (column.kind()) {
            case COUNT, NUMBER -> number(result, name);
            case TEXT -> text(result.getString(name));
            case INSTANT -> instant(result.getObject(name, OffsetDateTime.class));
            case JSON -> json(result.getString(name));
          };
      row.set(name, value);
    }
    return row;
  }

  /** Through double where the column is one, which also holds what is no decimal number. */
  private static JsonNode number(ResultSet result, String name) throws SQLException {
    Object value = result.getObject(name);
    if (value instanceof BigDecimal decimal) {
      BigDecimal plain = decimal.stripTrailingZeros();
      return NODES.numberNode(plain.scale() < 0 ? plain.setScale(0) : plain);
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Long) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return NODES.numberNode(number.doubleValue());
    }
    return NODES.nullNode(); // NaN and infinity are no JSON
  }

  private static JsonNode text(@Nullable String value) {
    return value == null ? NODES.nullNode() : NODES.textNode(value);
  }

  private static JsonNode instant(@Nullable OffsetDateTime value) {
    return value == null ? NODES.nullNode() : NODES.textNode(value.toInstant().toString());
  }

  private static JsonNode json(@Nullable String value) throws SQLException {
    if (value == null) {
      return NODES.nullNode();
    }
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException impossible) {
      throw new SQLException("PostgreSQL returned JSON that is none", impossible);
    }
  }
}
