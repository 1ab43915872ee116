package io.patrolagent.reportsink.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.ops.DatabaseFailure;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.reportsink.fleet.FleetView.Cohort;
import io.patrolagent.reportsink.fleet.FleetView.PriorityCluster;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fleet's own tables when a report is checked, all at one instant and without being able
 * to write. What keeps them from being read for good (no right, no table, a file that does not fit,
 * a query that takes too long) costs the report this part of its check and no more; what may pass
 * by itself is thrown, for the report to be tried again. Thread-safe.
 */
public final class FleetTables {

  private static final Logger LOG = LoggerFactory.getLogger(FleetTables.class);

  /** Beyond them a list is of no use to anybody, and an event would not hold it. */
  private static final int MOST_PRIORITY = 2_000;

  private static final int MOST_IDS = 20_000;
  private static final int LONGEST_ID = 200;

  /** SQL states that the same question will meet again: data, syntax or access, cancelled. */
  private static final Set<String> FOR_GOOD = Set.of("21", "22", "25", "42");

  /** It took too long, or more memory or temporary space than there is. */
  private static final Set<String> OF_THE_QUERY = Set.of("57014", "53100", "53200");

  /** Shorter than the connection's patience, which would make it look like a broken network. */
  private static final String STATEMENT_TIMEOUT = "set local statement_timeout to '45s'";

  private final Jdbi jdbi;
  private final FleetQuery clusters;
  private final FleetQuery metrics;
  private final FleetQuery priority;
  private final FleetQuery cohorts;

  public FleetTables(Jdbi jdbi, SqlDirectory directory) {
    this.jdbi = jdbi;
    this.clusters = load(directory, FleetFiles.CLUSTERS);
    this.metrics = load(directory, FleetFiles.METRICS);
    this.priority = load(directory, FleetFiles.PRIORITY);
    this.cohorts = load(directory, FleetFiles.COHORTS);
  }

  /**
   * The facts on those of the clusters that exist, be they called by their ids or by their names,
   * and on the priority clusters in scope that are in trouble.
   *
   * @throws JdbiException if the database cannot be reached just now
   */
  public FleetView read(Scope scope, Collection<String> ids) {
    if (ids.size() > MOST_IDS) { // looked up in part, the rest would look as if it did not exist
      return unavailable(
          "the reports name %,d clusters, more than %,d".formatted(ids.size(), MOST_IDS));
    }
    try {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            handle.execute("set local timezone to 'UTC'"); // of times within JSON
            handle.execute(STATEMENT_TIMEOUT);
            return read(handle, scope, ids);
          });
    } catch (IllegalStateException misfit) {
      return unavailable(String.valueOf(misfit.getMessage()));
    } catch (JdbiException failure) {
      if (isForGood(failure)) {
        return unavailable(reason(failure));
      }
      throw failure;
    }
  }

  /** Hands over each file's name, and how to ask what is wrong with it; nothing where it fits. */
  public void each(BiConsumer<String, Supplier<Optional<String>>> consumer) {
    for (FleetQuery query : List.of(clusters, metrics, priority, cohorts)) {
      consumer.accept(query.toString(), () -> jdbi.withHandle(query::problem));
    }
  }

  private FleetView read(Handle handle, Scope scope, Collection<String> ids) {
    Instant now =
        handle
            .createQuery("select transaction_timestamp()")
            .mapTo(OffsetDateTime.class)
            .one()
            .toInstant();
    List<PriorityCluster> inTrouble = new ArrayList<>();
    priority.each(
        handle,
        scope,
        now,
        Map.of("limit", MOST_PRIORITY),
        row ->
            inTrouble.add(
                new PriorityCluster(
                    row.path("cluster_id").asText(),
                    row.path("issue_severity").textValue(),
                    row.path("issue_title").textValue())));
    List<Cohort> counted = new ArrayList<>();
    cohorts.each(
        handle,
        scope,
        now,
        Map.of(),
        row ->
            counted.add(
                new Cohort(
                    row.path("dimension").asText(),
                    row.path("value").asText(),
                    row.path("active").asInt())));
    Set<String> asked = new LinkedHashSet<>();
    inTrouble.forEach(cluster -> asked.add(cluster.clusterId()));
    ids.stream().filter(FleetTables::isPossible).forEach(asked::add);
    return new FleetView(now, facts(handle, now, List.copyOf(asked)), inTrouble, counted, null);
  }

  private Map<String, ClusterFacts> facts(Handle handle, Instant now, List<String> asked) {
    Map<String, ObjectNode> rows = new HashMap<>();
    // existing is a matter of no scope
    clusters.each(
        handle,
        Scope.FLEET,
        now,
        Map.of("ids", asked),
        row -> rows.put(row.path("cluster_id").asText(), row));
    Map<String, Map<String, Double>> figures = new HashMap<>();
    metrics.each(
        handle,
        Scope.FLEET,
        now,
        Map.of("ids", List.copyOf(rows.keySet())),
        row -> {
          if (row.path("value").isNumber()) {
            figures
                .computeIfAbsent(row.path("cluster_id").asText(), id -> new HashMap<>())
                .put(row.path("metric").asText(), row.path("value").asDouble());
          }
        });
    Map<String, ClusterFacts> facts = new HashMap<>();
    rows.forEach(
        (id, row) -> facts.put(id, FactsRow.read(row, figures.getOrDefault(id, Map.of()))));
    return facts;
  }

  /** PostgreSQL refuses U+0000 in a text, and nobody's id is as long. */
  private static boolean isPossible(String id) {
    return !id.isBlank() && id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
  }

  private static FleetQuery load(SqlDirectory directory, FleetFile file) {
    return new FleetQuery(file, directory.read(FleetTables.class, file.name()));
  }

  private static FleetView unavailable(String reason) {
    LOG.warn("reports are checked without the fleet's tables: {}", reason);
    return FleetView.unavailable(
        "The fleet's tables could not be read when this report was checked: " + reason);
  }

  private static boolean isForGood(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return OF_THE_QUERY.contains(state)
            || (state.length() == 5 && FOR_GOOD.contains(state.substring(0, 2)));
      }
    }
    // it did not get as far as the server: no connection was free, or there is no such parameter
    return DatabaseFailure.passing(failure).isEmpty();
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
  }
}
