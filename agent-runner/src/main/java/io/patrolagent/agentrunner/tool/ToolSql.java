package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/** A tool's statement: an operator's file goes before the shipped one of the same name. */
record ToolSql(String file, String text) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ToolSql load(String file, Optional<Path> directory) {
    Optional<Path> own = directory.map(path -> path.resolve(file)).filter(Files::exists);
    try {
      return new ToolSql(file, own.isPresent() ? Files.readString(own.get()) : shipped(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(own.orElse(Path.of(file)) + " cannot be read", unreadable);
    }
  }

  /** As a table that another statement may select from. */
  ToolSql within(String before, String after) {
    return new ToolSql(file, before + "(\n" + text + "\n)" + after);
  }

  /** Its rows as objects of the columns, lists bound as arrays of text. */
  List<ObjectNode> rows(Handle handle, Map<String, ?> parameters) {
    try (Query query = handle.createQuery(text)) {
      // text as it stands, not a template; and a replaced file may do without a parameter
      query
          .getConfig(SqlStatements.class)
          .setTemplateEngine((sql, context) -> sql)
          .setUnusedBindingAllowed(true);
      parameters.forEach(
          (name, value) -> {
            if (value instanceof List<?> list) {
              query.bindArray(name, String.class, list);
            } else {
              query.bind(name, value);
            }
          });
      return query.scanResultSet(
          (result, context) -> {
            try (context;
                ResultSet rows = result.get()) {
              List<ObjectNode> read = new ArrayList<>();
              while (rows.next()) {
                read.add(row(rows));
              }
              return read;
            }
          });
    }
  }

  private static ObjectNode row(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    ObjectNode row = JSON.createObjectNode();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      put(row, columns.getColumnLabel(i), columns.getColumnTypeName(i), rows, i);
    }
    return row;
  }

  private static void put(ObjectNode row, String name, String type, ResultSet rows, int index)
      throws SQLException {
    if (rows.getObject(index) == null) {
      row.putNull(name);
      return;
    }
    switch (type) {
      case "timestamptz" ->
          row.put(name, rows.getObject(index, OffsetDateTime.class).toInstant().toString());
      case "int2", "int4", "int8" -> row.put(name, rows.getLong(index));
      case "numeric" -> row.put(name, new BigDecimal(rows.getString(index)));
      case "float4", "float8" -> row.put(name, rows.getDouble(index));
      case "bool" -> row.put(name, rows.getBoolean(index));
      case "json", "jsonb" -> row.set(name, tree(rows.getString(index)));
      default -> {
        Array array = type.startsWith("_") ? rows.getArray(index) : null;
        if (array == null) {
          row.put(name, rows.getString(index));
        } else {
          ArrayNode values = row.putArray(name);
          for (Object value : (Object[]) array.getArray()) {
            values.add(value == null ? null : value.toString());
          }
        }
      }
    }
  }

  private static JsonNode tree(String json) throws SQLException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SQLException("a column of type json holds something else", e);
    }
  }

  private static String shipped(String file) throws IOException {
    try (InputStream in = ToolSql.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
