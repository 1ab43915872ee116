package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.common.sql.ResultColumn.count;
import static io.patrolagent.common.sql.ResultColumn.instant;
import static io.patrolagent.common.sql.ResultColumn.json;
import static io.patrolagent.common.sql.ResultColumn.number;
import static io.patrolagent.common.sql.ResultColumn.text;

import io.patrolagent.common.sql.ResultColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The six queries of a snapshot: the columns that each file must return, as its own comment states
 * them, and the columns of the reference schema that the shipped one reads.
 */
@SuppressWarnings("ImmutableEnumChecker") // unmodifiable lists of records and strings
enum SnapshotQuery {
  CLUSTER_COUNTS(
      List.of(
          count("total", "clusters in scope"),
          count("active", "those in service"),
          count("suspended", "those out of service for now"),
          count("terminated", "those that are gone")),
      List.of(Tables.CLUSTERS)),
  RISK_DISTRIBUTION(
      List.of(
          text("region", "where the clusters are, or null"),
          count("critical", "active clusters whose latest risk level is Critical"),
          count("warning", "active clusters whose latest risk level is Warning"),
          count("healthy", "active clusters whose latest risk level is Healthy"),
          count("unknown", "active clusters without a risk snapshot"),
          count("stale", "active clusters whose latest risk snapshot is 24 hours old or older"),
          instant("latest_at", "their newest risk snapshot, or null")),
      List.of(Tables.CLUSTERS, Tables.RISK_SNAPSHOTS)),
  HEALTH_DISTRIBUTION(
      List.of(
          text("region", "where the clusters are, or null"),
          count("healthy", "active clusters whose latest score is in [80, 100]"),
          count("moderate", "active clusters whose latest score is in [60, 80)"),
          count("poor", "active clusters whose latest score is in [0, 60)"),
          count("unknown", "active clusters without a health score"),
          count("stale", "active clusters whose latest score is 24 hours old or older"),
          instant("latest_at", "their newest score, or null")),
      List.of(Tables.CLUSTERS, Tables.HEALTH_SCORES)),
  ALERTS_24H(
      List.of(
          count("firing", "alerts that fire now and fired within the last 24 hours"),
          count("resolved", "resolved alerts that fired or were resolved within them"),
          count("firing_from_before", "alerts that fire now since before them")),
      List.of(Tables.CLUSTERS, "alerts.lark_alerts(cluster_id, status, fired_at, resolved_at)")),
  OPEN_ISSUES(
      List.of(
          count("critical", "ongoing issues of severity critical"),
          count("high", "ongoing issues of severity high"),
          count("medium", "ongoing issues of severity medium"),
          count("low", "ongoing issues of severity low")),
      List.of(Tables.CLUSTERS, "alerts.issues(cluster_id, severity, status)")),
  WORST_CLUSTERS(
      List.of(
          text("list", "worst or priority"),
          text("cluster_id", "the cluster"),
          text("cluster_name", "its name"),
          text("customer_name", "whose it is"),
          text("customer_tier", "S, A, B or C"),
          text("cloud", "aws, azure, gcp"),
          text("region", "where it is"),
          text("version", "of the database engine"),
          number("health_score", "its latest health score, or null"),
          instant("scored_at", "when that was taken, or null"),
          text("risk_level", "its latest risk level, or null"),
          json("risk_reasons", "an array of code and detail, or null"),
          instant("risk_at", "when the risk was found, or null")),
      List.of(
          Tables.CLUSTERS,
          "byoc.clusters(cluster_name, cloud, version)",
          Tables.HEALTH_SCORES,
          Tables.RISK_SNAPSHOTS,
          "byoc.cluster_risk_snapshots(reasons)"));

  private final List<ResultColumn> columns;
  private final List<String> shippedReads;

  SnapshotQuery(List<ResultColumn> columns, List<String> shippedReads) {
    this.columns = columns;
    this.shippedReads = shippedReads;
  }

  /** {@code cluster_counts.sql}, … */
  String file() {
    return name().toLowerCase(Locale.ROOT) + ".sql";
  }

  List<ResultColumn> columns() {
    return columns;
  }

  /** What the shipped file reads, each {@code schema.table(column, …)}. */
  List<String> shippedReads() {
    return shippedReads;
  }

  static List<String> files() {
    return Arrays.stream(values()).map(SnapshotQuery::file).toList();
  }

  private static final class Tables {
    static final String CLUSTERS =
        "byoc.clusters(cluster_id, account_id, customer_name, customer_tier, region, status)";
    static final String RISK_SNAPSHOTS =
        "byoc.cluster_risk_snapshots(cluster_id, snapshot_id, snapshot_at, risk_level)";
    static final String HEALTH_SCORES =
        "byoc.cluster_health_scores(cluster_id, score_id, scored_at, score)";
  }
}
