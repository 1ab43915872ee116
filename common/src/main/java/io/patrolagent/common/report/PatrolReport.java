package io.patrolagent.common.report;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished patrol as its readers know it: a row of {@code alerts.patrol_reports} with its
 * columns' names, less what is only the pipeline's ({@code announced_at} and the source
 * coordinates).
 *
 * <p>{@code report_id} is the patrol's id. Where the status is that of a patrol without a report
 * there are no sections and {@code error} says why; {@code report_type} is null if the trigger
 * itself could not be read; {@code shared_with} is the patrol to read instead, for {@code shared}
 * alone. {@code due_at} is when the report was promised, null where nobody promised it. {@code
 * verification}, {@code diff} and {@code coverage} are what code found when it checked the report;
 * null where there is none, and in rows of a version that did not check.
 */
public record PatrolReport(
    PatrolId reportId,
    ReportStatus status,
    @Nullable ReportType reportType,
    @Nullable String triggeredBy,
    Scope scope,
    @Nullable String focus,
    @Nullable PatrolId retryOf,
    @Nullable PatrolId sharedWith,
    @Nullable String fleetNarrative,
    List<FlaggedCluster> flaggedClusters,
    List<Prediction> predictions,
    List<CustomerSummary> customerSummaries,
    List<RecommendedAction> recommendedActions,
    @Nullable String rawReport,
    @Nullable FleetSnapshot fleetSnapshot,
    @Nullable Verification verification,
    @Nullable ReportDiff diff,
    @Nullable Coverage coverage,
    List<String> warnings,
    @Nullable String error,
    @Nullable Usage usage,
    @Nullable Instant requestedAt,
    @Nullable Instant dueAt,
    @Nullable Instant startedAt,
    Instant finishedAt) {

  public PatrolReport {
    if (reportId == null || status == null || finishedAt == null) {
      throw new IllegalArgumentException(
          "a report needs report_id, status and finished_at; report_id is " + reportId);
    }
    scope = scope == null ? Scope.FLEET : scope;
    flaggedClusters = copy(flaggedClusters);
    predictions = copy(predictions);
    customerSummaries = copy(customerSummaries);
    recommendedActions = copy(recommendedActions);
    warnings = copy(warnings);
  }

  /** A report of which nothing was checked. */
  public PatrolReport(
      PatrolId reportId,
      ReportStatus status,
      @Nullable ReportType reportType,
      @Nullable String triggeredBy,
      Scope scope,
      @Nullable String focus,
      @Nullable PatrolId retryOf,
      @Nullable PatrolId sharedWith,
      @Nullable String fleetNarrative,
      List<FlaggedCluster> flaggedClusters,
      List<Prediction> predictions,
      List<CustomerSummary> customerSummaries,
      List<RecommendedAction> recommendedActions,
      @Nullable String rawReport,
      @Nullable FleetSnapshot fleetSnapshot,
      List<String> warnings,
      @Nullable String error,
      @Nullable Usage usage,
      @Nullable Instant requestedAt,
      @Nullable Instant dueAt,
      @Nullable Instant startedAt,
      Instant finishedAt) {
    this(
        reportId,
        status,
        reportType,
        triggeredBy,
        scope,
        focus,
        retryOf,
        sharedWith,
        fleetNarrative,
        flaggedClusters,
        predictions,
        customerSummaries,
        recommendedActions,
        rawReport,
        fleetSnapshot,
        null,
        null,
        null,
        warnings,
        error,
        usage,
        requestedAt,
        dueAt,
        startedAt,
        finishedAt);
  }

  /** The same report, checked. */
  public PatrolReport checked(Verification checks, ReportDiff since, Coverage seen) {
    return with(checks, since, seen, warnings);
  }

  /** The same report with one more warning. */
  public PatrolReport warned(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return with(verification, diff, coverage, more);
  }

  private PatrolReport with(
      @Nullable Verification checks,
      @Nullable ReportDiff since,
      @Nullable Coverage seen,
      List<String> told) {
    return new PatrolReport(
        reportId,
        status,
        reportType,
        triggeredBy,
        scope,
        focus,
        retryOf,
        sharedWith,
        fleetNarrative,
        flaggedClusters,
        predictions,
        customerSummaries,
        recommendedActions,
        rawReport,
        fleetSnapshot,
        checks,
        since,
        seen,
        told,
        error,
        usage,
        requestedAt,
        dueAt,
        startedAt,
        finishedAt);
  }

  private static <T> List<T> copy(@Nullable List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }
}
