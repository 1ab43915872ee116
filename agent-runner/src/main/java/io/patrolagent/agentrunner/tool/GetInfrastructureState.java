package io.patrolagent.agentrunner.tool;

import static io.patrolagent.common.sql.ResultColumn.count;
import static io.patrolagent.common.sql.ResultColumn.instant;
import static io.patrolagent.common.sql.ResultColumn.json;
import static io.patrolagent.common.sql.ResultColumn.number;
import static io.patrolagent.common.sql.ResultColumn.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import java.util.List;
import java.util.Map;

/** {@code get_infrastructure_state}: one cluster and its nodes as last observed, worst first. */
public final class GetInfrastructureState implements Tool {

  static final String NAME = "get_infrastructure_state";

  private static final String SOURCE = "byoc.clusters, byoc.cluster_nodes";
  private static final int MOST_NODES = 50;
  private static final FleetFile CLUSTER =
      new FleetFile(
          "get_infrastructure_state.sql",
          List.of("cluster_id"),
          List.of(json("cluster", "an object with a field for each column")));
  private static final FleetFile NODES =
      new FleetFile(
          "get_infrastructure_state.nodes.sql",
          List.of("cluster_id"),
          List.of(
              text("node_id", "the node"),
              text("role", "frontend, backend, compute"),
              text("instance_type", "of the cloud"),
              text("zone", "where it is"),
              text("state", "running, restarting, unreachable or stopped"),
              count("restarts_24h", "how often it restarted in 24 hours"),
              number("disk_total_gb", "size of its disk"),
              number("disk_used_gb", "what of it is used"),
              number("disk_used_percent", "the same as a share, null for a disk of no size"),
              instant("observed_at", "when this was so")));

  private final ToolQueries queries;
  private final FleetQuery cluster;
  private final FleetQuery nodes;

  public GetInfrastructureState(ToolQueries queries) {
    this.queries = queries;
    this.cluster = queries.load(CLUSTER);
    this.nodes = queries.load(NODES);
  }

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description(
            """
            One cluster itself (customer, tier, region, version, status) and its nodes as last observed: state, \
            restarts in 24 h, disk. The worst nodes come first. Use it to tell whether machines are behind a \
            problem; observed_at says how old that is. For how a value developed use get_cluster_metrics.""")
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty("cluster_id", "the cluster")
                .required("cluster_id")
                .additionalProperties(false)
                .build())
        .build();
  }

  @Override
  public ObjectNode call(ToolArguments given, ToolContext context) throws Exception {
    String clusterId = given.only("cluster_id").text("cluster_id", 200);
    Map<String, String> parameters = Map.of("cluster_id", clusterId);
    return queries.read(
        context.request().scope(),
        reading -> {
          reading.requireCluster(clusterId);
          ObjectNode answer = reading.answer(SOURCE);
          answer.set("cluster", reading.row(cluster, parameters).path("cluster"));
          return answer(answer, reading.rows(nodes, parameters));
        });
  }

  private static ObjectNode answer(ObjectNode answer, List<ObjectNode> nodes) {
    ObjectNode states = JsonNodeFactory.instance.objectNode();
    for (String state : List.of("running", "restarting", "unreachable", "stopped")) {
      states.put(state, 0);
    }
    long restarts = 0;
    for (ObjectNode node : nodes) {
      String state = node.path("state").asText();
      states.put(state, states.path(state).asLong() + 1);
      restarts += node.path("restarts_24h").asLong();
    }
    answer.set("states", states);
    answer.put("restarts_24h", restarts);
    answer.putArray("nodes").addAll(nodes.subList(0, Math.min(MOST_NODES, nodes.size())));
    answer.put("omitted", Math.max(0, nodes.size() - MOST_NODES));
    return answer;
  }
}
