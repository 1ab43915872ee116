package io.patrolagent.reportsink.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code alerts.patrol_reports} as it is in a database, and how it differs from what this version
 * writes. Additional columns do not count, unless they would refuse a row.
 */
record PatrolReportsTable(
    String kind, Map<String, String> columns, List<String> demanding, boolean uniqueReportId) {

  static final String NAME = "alerts.patrol_reports";

  /** What a migration adds to a table that an earlier one made, by its version and in its order. */
  private static final Map<String, List<String>> ADDED_LATER = addedLater();

  private static Map<String, List<String>> addedLater() {
    Map<String, List<String>> added = new LinkedHashMap<>();
    added.put("3", List.of("due_at", "shared_with"));
    added.put("4", List.of("verification", "diff", "coverage"));
    return added;
  }

  /** What the migrations together make; a test holds the two together. */
  private static final Map<String, String> EXPECTED = expected();

  private static Map<String, String> expected() {
    Map<String, String> columns = new LinkedHashMap<>();
    type(columns, "uuid", "report_id retry_of shared_with");
    type(
        columns,
        "text",
        "agent_type report_type triggered_by focus status fleet_narrative raw_report error"
            + " llm_provider llm_model source_topic source_topic_id");
    type(
        columns,
        "jsonb",
        "scope flagged_clusters predictions customer_summaries recommended_actions"
            + " fleet_snapshot verification diff coverage warnings");
    type(
        columns,
        "bigint",
        "input_tokens cached_input_tokens output_tokens duration_ms source_offset");
    type(columns, "integer", "rounds tool_calls source_partition");
    type(columns, "numeric", "cost_usd");
    type(
        columns,
        "timestamp with time zone",
        "requested_at due_at started_at finished_at announced_at");
    return columns;
  }

  private static void type(Map<String, String> columns, String type, String names) {
    for (String name : names.split(" ", -1)) {
      columns.put(name, type);
    }
  }

  /**
   * What stands under the name, if anything does; read from the catalogue, which needs no grant.
   */
  static Optional<PatrolReportsTable> in(Connection connection) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    List<String> demanding = new ArrayList<>();
    String kind = "";
    boolean unique = false;
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                select a.attname, format_type(a.atttypid, a.atttypmod),
                       a.attnotnull and not a.atthasdef and a.attidentity = '',
                       case c.relkind when 'r' then 'table' when 'p' then 'table'
                         when 'v' then 'view' when 'm' then 'materialized view'
                         else 'relation of another kind' end,
                       exists (
                         select
                           from pg_catalog.pg_index i
                          where i.indrelid = c.oid and i.indisunique and i.indpred is null
                            and i.indnkeyatts = 1 and i.indkey[0] = (
                              select k.attnum
                                from pg_catalog.pg_attribute k
                               where k.attrelid = c.oid and k.attname = 'report_id'))
                  from pg_catalog.pg_class c
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                  left join pg_catalog.pg_attribute a
                    on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where n.nspname = 'alerts' and c.relname = 'patrol_reports'
                 order by a.attnum
                """);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        kind = rows.getString(4);
        unique = rows.getBoolean(5);
        String column = rows.getString(1);
        if (column != null) {
          columns.put(column, rows.getString(2));
          if (rows.getBoolean(3)) {
            demanding.add(column);
          }
        }
      }
    }
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(new PatrolReportsTable(kind, columns, demanding, unique));
  }

  /** Whether it fits, or will once the migrations that add to it were applied. */
  boolean isOfAnEarlierVersion() {
    return differences(name -> columns.containsKey(name) || !isAddedLater(name)).isEmpty();
  }

  /** Whether it has what all migrations add to it. */
  boolean hasAdditions() {
    return ADDED_LATER.values().stream().allMatch(columns.keySet()::containsAll);
  }

  /** The last of the migrations that added to it, one after the other; empty where none has. */
  Optional<String> additions() {
    String last = null;
    for (Map.Entry<String, List<String>> added : ADDED_LATER.entrySet()) {
      if (!columns.keySet().containsAll(added.getValue())) {
        break;
      }
      last = added.getKey();
    }
    return Optional.ofNullable(last);
  }

  private static boolean isAddedLater(String column) {
    return ADDED_LATER.values().stream().anyMatch(columns -> columns.contains(column));
  }

  /** How it differs from what this version needs, a phrase for each; none where it fits. */
  List<String> differences() {
    return differences(name -> true);
  }

  private List<String> differences(Predicate<String> expected) {
    List<String> differences = new ArrayList<>();
    if (!kind.equals("table")) {
      differences.add("it is a " + kind);
    }
    List<String> missing =
        EXPECTED.keySet().stream()
            .filter(expected)
            .filter(name -> !columns.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      differences.add("missing columns: " + String.join(", ", missing));
    }
    EXPECTED.forEach(
        (name, type) -> {
          String actual = columns.get(name);
          if (actual != null && !actual.equals(type)) {
            differences.add("column " + name + " is " + actual + ", not " + type);
          }
        });
    demanding.stream()
        .filter(name -> !EXPECTED.containsKey(name))
        .forEach(name -> differences.add("column " + name + " is not null and has no default"));
    if (!uniqueReportId && columns.containsKey("report_id")) {
      differences.add("report_id has no primary key or unique index");
    }
    return differences;
  }
}
