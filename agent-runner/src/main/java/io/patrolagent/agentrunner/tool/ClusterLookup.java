package io.patrolagent.agentrunner.tool;

import static io.patrolagent.common.sql.ResultColumn.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Whether a cluster is in scope, and which one was probably meant where it is not. */
final class ClusterLookup {

  private static final int MOST_SUGGESTED = 3;
  private static final int MOST_SHOWN = 80;

  private static final FleetFile IN_SCOPE =
      new FleetFile(
          "cluster_in_scope.sql",
          List.of("cluster_id"),
          List.of(text("cluster_id", "the cluster")));
  private static final FleetFile NAMES =
      new FleetFile(
          "cluster_names.sql",
          List.of("cluster_id"),
          List.of(text("cluster_id", "a cluster"), text("cluster_name", "its name")));

  private final FleetQuery inScope;
  private final FleetQuery names;

  ClusterLookup(ToolQueries queries) {
    this.inScope = queries.load(IN_SCOPE);
    this.names = queries.load(NAMES);
  }

  void require(Reading reading, String clusterId) throws ToolRefusal {
    Map<String, String> asked = Map.of("cluster_id", clusterId);
    if (!reading.rows(inScope, asked).isEmpty()) {
      return;
    }
    throw new ToolRefusal(
        "cluster_id '"
            + shown(clusterId)
            + "': there is no such cluster in this patrol's scope ("
            + reading.scope().describe()
            + ")"
            + suggestion(clusterId, reading.rows(names, asked)));
  }

  private static String suggestion(String asked, List<ObjectNode> clusters) {
    if (clusters.isEmpty()) {
      return "; there is no cluster in it at all";
    }
    String wanted = asked.toLowerCase(Locale.ROOT);
    record Candidate(String id, String name, int distance) {}
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return clusters.stream()
        .map(
            row -> {
              String id = row.path("cluster_id").asText();
              String name = row.path("cluster_name").asText();
              int apart =
                  Math.min(
                      distance.apply(wanted, id.toLowerCase(Locale.ROOT)),
                      distance.apply(wanted, name.toLowerCase(Locale.ROOT)));
              return new Candidate(id, name, apart);
            })
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::id))
        .limit(MOST_SUGGESTED)
        .map(near -> near.id() + " (" + near.name() + ")")
        .collect(Collectors.joining(", ", "; the closest are ", ""));
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
