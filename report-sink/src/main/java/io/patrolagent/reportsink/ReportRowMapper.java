package io.patrolagent.reportsink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.report.Verification;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A row as a report. JSON that another version wrote and this one cannot read costs that entry
 * alone, and a warning says which column; the row itself can always be read.
 */
final class ReportRowMapper implements RowMapper<PatrolReport> {

  /** As events are read, but a number that is missing is 0. */
  private static final JsonMapper MAPPER =
      EventCodec.mapper()
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  @Override
  public PatrolReport map(ResultSet row, StatementContext context) throws SQLException {
    List<String> unread = new ArrayList<>();
    UUID retryOf = row.getObject("retry_of", UUID.class);
    UUID sharedWith = row.getObject("shared_with", UUID.class);
    Scope scope = value(row, "scope", Scope.class, unread);
    FleetSnapshot snapshot = value(row, "fleet_snapshot", FleetSnapshot.class, unread);
    Verification verification = value(row, "verification", Verification.class, unread);
    ReportDiff diff = value(row, "diff", ReportDiff.class, unread);
    Coverage coverage = value(row, "coverage", Coverage.class, unread);
    var clusters = list(row, "flagged_clusters", FlaggedCluster.class, unread);
    var predictions = list(row, "predictions", Prediction.class, unread);
    var customers = list(row, "customer_summaries", CustomerSummary.class, unread);
    var actions = list(row, "recommended_actions", RecommendedAction.class, unread);
    List<String> warnings = new ArrayList<>(list(row, "warnings", String.class, unread));
    ReportType type = reportType(row, unread);
    for (String column : unread) {
      warnings.add("Column " + column + ": another version wrote it, not all of it was read.");
    }
    return new PatrolReport(
        new PatrolId(row.getObject("report_id", UUID.class)),
        ReportStatus.parse(row.getString("status")),
        type,
        row.getString("triggered_by"),
        scope == null ? Scope.FLEET : scope,
        row.getString("focus"),
        retryOf == null ? null : new PatrolId(retryOf),
        sharedWith == null ? null : new PatrolId(sharedWith),
        row.getString("fleet_narrative"),
        clusters,
        predictions,
        customers,
        actions,
        row.getString("raw_report"),
        snapshot,
        verification,
        diff,
        coverage,
        warnings,
        row.getString("error"),
        usage(row),
        time(row, "requested_at"),
        time(row, "due_at"),
        time(row, "started_at"),
        row.getObject("finished_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable ReportType reportType(ResultSet row, List<String> unread)
      throws SQLException {
    String name = row.getString("report_type");
    try {
      return name == null ? null : ReportType.parse(name);
    } catch (IllegalArgumentException newer) {
      unread.add("report_type");
      return null;
    }
  }

  private static @Nullable Usage usage(ResultSet row) throws SQLException {
    String provider = row.getString("llm_provider");
    if (provider == null) {
      return null;
    }
    BigDecimal cost = row.getBigDecimal("cost_usd");
    return new Usage(
        provider,
        row.getString("llm_model"),
        row.getLong("input_tokens"),
        row.getLong("cached_input_tokens"),
        row.getLong("output_tokens"),
        cost == null ? BigDecimal.ZERO : cost,
        row.getInt("rounds"),
        row.getInt("tool_calls"),
        row.getLong("duration_ms"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static <T> List<T> list(ResultSet row, String column, Class<T> type, List<String> unread)
      throws SQLException {
    JsonNode array = value(row, column, JsonNode.class, unread);
    List<T> values = new ArrayList<>();
    boolean whole = array == null || array.isArray();
    if (array != null && array.isArray()) {
      for (JsonNode element : array) {
        T value = element.isNull() ? null : read(element, type);
        if (value == null) {
          whole = false;
        } else {
          values.add(value);
        }
      }
    }
    if (!whole) {
      unread.add(column);
    }
    return values;
  }

  private static <T> @Nullable T value(
      ResultSet row, String column, Class<T> type, List<String> unread) throws SQLException {
    String json = row.getString(column);
    if (json == null) {
      return null;
    }
    T value;
    try {
      value = read(MAPPER.readTree(json), type);
    } catch (JsonProcessingException notJson) {
      value = null;
    }
    if (value == null) {
      unread.add(column);
    }
    return value;
  }

  private static <T> @Nullable T read(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException | IllegalArgumentException otherVersion) {
      return null;
    }
  }
}
