package io.patrolagent.common.sql;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of all {@code .sql} files that can be replaced. They stand here since one directory
 * serves all services, none of which knows the others; whoever reads a file that is missing here is
 * told so at once.
 */
final class SqlFileNames {

  private static final List<String> SNAPSHOT =
      List.of(
          "cluster_counts.sql",
          "risk_distribution.sql",
          "health_distribution.sql",
          "alerts_24h.sql",
          "open_issues.sql",
          "worst_clusters.sql");

  private static final List<String> TOOLS =
      List.of(
          "cluster_in_scope.sql",
          "cluster_names.sql",
          "query_fleet_summary.sql",
          "query_fleet_summary.counts.sql",
          "query_open_issues.sql",
          "get_cluster_metrics.sql",
          "get_cluster_metrics.names.sql",
          "get_cluster_alerts.sql",
          "get_cluster_alerts.counts.sql",
          "get_infrastructure_state.sql",
          "get_infrastructure_state.nodes.sql",
          "search_logs.sql",
          "search_logs.counts.sql",
          "search_knowledge_lake.sql",
          "search_knowledge_lake.similar.sql");

  private static final List<String> OFFLINE_ANALYST =
      List.of(
          "offline.regions.sql", "offline.noise.sql", "offline.errors.sql", "offline.sizes.sql");

  private static final List<String> REPORT_CHECK =
      List.of(
          "report_clusters.sql", "report_metrics.sql", "report_priority.sql", "report_cohorts.sql");

  static final List<String> ALL =
      Stream.of(SNAPSHOT, TOOLS, OFFLINE_ANALYST, REPORT_CHECK).flatMap(List::stream).toList();

  private SqlFileNames() {}
}
