package io.patrolagent.agentrunner.tool;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.patrolagent.common.config.Suggestion;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools that a model is offered, in a fixed order. Thread-safe as they are. */
public final class Toolbox {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);
  private static final int CONNECTIONS_PER_PATROL = 2;
  private static final int MOST_CONNECTIONS = 16;

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  public Toolbox(List<Tool> tools) {
    for (Tool tool : tools) {
      if (this.tools.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException("two tools are called " + tool.name());
      }
    }
  }

  /**
   * All tools of this project, in the order in which a patrol usually needs them.
   *
   * @param queries what all of them but one read through
   * @param querySql the pool of {@code query_sql} alone: {@link QuerySql#poolOptions}
   */
  public static Toolbox of(ToolQueries queries, Database querySql) {
    return new Toolbox(
        List.of(
            new QueryFleetSummary(queries),
            new QueryOpenIssues(queries),
            new QuerySql(querySql),
            new GetClusterMetrics(queries),
            new GetClusterAlerts(queries),
            new GetInfrastructureState(queries),
            new SearchLogs(queries),
            new SearchKnowledgeLake(queries),
            new GetPreviousPatrol(queries)));
  }

  /** Of the pool that the queries of the tools run on, for that many patrols at once. */
  public static DatabaseOptions poolOptions(String applicationName, int patrols) {
    return DatabaseOptions.of(applicationName)
        .readOnlyPool()
        .poolSize(Math.min(MOST_CONNECTIONS, CONNECTIONS_PER_PATROL * patrols + 1))
        .socketTimeout(STATEMENT_TIMEOUT.plusSeconds(5))
        .statementTimeout(STATEMENT_TIMEOUT);
  }

  public List<ToolSpecification> specifications() {
    return tools.values().stream().map(Tool::specification).toList();
  }

  /** Whether there is a tool of that name. */
  public boolean has(String name) {
    return tools.containsKey(name);
  }

  /**
   * The tool of that name.
   *
   * @throws ToolRefusal if there is no such tool; it names those that there are
   */
  public Tool find(String name) throws ToolRefusal {
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new ToolRefusal(
          "there is no tool '"
              + name
              + "'"
              + Suggestion.nearest(name, tools.keySet())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("")
              + "; the tools are "
              + String.join(", ", tools.keySet()));
    }
    return tool;
  }
}
