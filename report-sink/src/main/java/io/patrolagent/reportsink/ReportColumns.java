package io.patrolagent.reportsink;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Usage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as its row's values, by column; JSON columns as their text. */
final class ReportColumns {

  private final Map<String, @Nullable Object> values = new HashMap<>();

  private ReportColumns() {}

  static Map<String, @Nullable Object> of(PatrolReport report) {
    ReportColumns columns = new ReportColumns();
    columns.request(report);
    columns.content(report);
    columns.usage(report.usage());
    return columns.values;
  }

  private void request(PatrolReport report) {
    ReportType type = report.reportType();
    PatrolId retryOf = report.retryOf();
    PatrolId sharedWith = report.sharedWith();
    values.put("report_id", report.reportId().value());
    values.put("report_type", type == null ? null : type.wireName());
    values.put("triggered_by", report.triggeredBy());
    // a trigger that nobody could read has no scope, which is not the whole fleet
    values.put("scope", type == null ? null : json(report.scope()));
    values.put("focus", report.focus());
    values.put("retry_of", retryOf == null ? null : retryOf.value());
    values.put("shared_with", sharedWith == null ? null : sharedWith.value());
    values.put("due_at", time(report.dueAt()));
    values.put("requested_at", time(report.requestedAt()));
    values.put("started_at", time(report.startedAt()));
    values.put("finished_at", time(report.finishedAt()));
  }

  private void content(PatrolReport report) {
    values.put("status", report.status().wireName());
    values.put("fleet_narrative", report.fleetNarrative());
    values.put("flagged_clusters", json(report.flaggedClusters()));
    values.put("predictions", json(report.predictions()));
    values.put("customer_summaries", json(report.customerSummaries()));
    values.put("recommended_actions", json(report.recommendedActions()));
    values.put("raw_report", report.rawReport());
    values.put("fleet_snapshot", json(report.fleetSnapshot()));
    values.put("verification", json(report.verification()));
    values.put("diff", json(report.diff()));
    values.put("coverage", json(report.coverage()));
    values.put("warnings", json(report.warnings()));
    values.put("error", report.error());
  }

  private void usage(@Nullable Usage usage) {
    values.put("llm_provider", usage == null ? null : usage.llmProvider());
    values.put("llm_model", usage == null ? null : usage.llmModel());
    values.put("input_tokens", usage == null ? null : usage.inputTokens());
    values.put("cached_input_tokens", usage == null ? null : usage.cachedInputTokens());
    values.put("output_tokens", usage == null ? null : usage.outputTokens());
    values.put("cost_usd", usage == null ? null : usage.costUsd());
    values.put("rounds", usage == null ? null : usage.rounds());
    values.put("tool_calls", usage == null ? null : usage.toolCalls());
    values.put("duration_ms", usage == null ? null : usage.durationMs());
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable String json(@Nullable Object value) {
    try {
      return value == null ? null : EventCodec.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a column cannot be written as JSON", e);
    }
  }
}
