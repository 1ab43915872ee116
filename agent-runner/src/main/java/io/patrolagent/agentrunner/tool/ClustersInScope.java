package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.patrol.Scope;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jdbi.v3.core.Handle;

/** Whether a cluster is one of the patrol's; outside of its scope it is as if it did not exist. */
final class ClustersInScope {

  private static final int SUGGESTED = 3;

  private final ToolSql ids;

  ClustersInScope(Optional<Path> sqlDirectory) {
    this.ids = ToolSql.load("cluster_ids_in_scope.sql", sqlDirectory);
  }

  /**
   * Lets it pass.
   *
   * @throws ToolRefusal if there is no such cluster in scope; it names the most alike that are
   */
  void require(Handle handle, String clusterId, Scope scope) throws ToolRefusal {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("accounts", scope.accounts());
    parameters.put("customers", scope.customers());
    parameters.put("tiers", scope.tiers());
    parameters.put("regions", scope.regions());
    parameters.put("clusters", scope.clusters());
    Map<String, Object> one = new HashMap<>(parameters);
    one.put("cluster_id", clusterId);
    boolean there =
        !ids.within("select 1 as there from ", " ids where ids.cluster_id = :cluster_id")
            .rows(handle, one)
            .isEmpty();
    if (!there) {
      throw new ToolRefusal(
          "there is no cluster '"
              + clusterId
              + "' in this patrol's scope"
              + alike(clusterId, ids.rows(handle, parameters)));
    }
  }

  private static String alike(String asked, List<ObjectNode> rows) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    List<String> nearest =
        rows.stream()
            .map(row -> row.path("cluster_id").asText())
            .sorted(
                Comparator.comparingInt((String id) -> distance.apply(asked, id))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SUGGESTED)
            .toList();
    return nearest.isEmpty()
        ? "; there is none at all"
        : "; most alike: " + String.join(", ", nearest);
  }
}
