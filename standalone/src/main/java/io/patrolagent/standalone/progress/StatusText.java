package io.patrolagent.standalone.progress;

import io.patrolagent.common.event.PatrolStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where a patrol is, in words. */
public final class StatusText {

  private StatusText() {}

  /** In a few words: {@code round 3 of 10: query_sql, search_logs ×2}, {@code completed}. */
  public static String of(PatrolStatus status) {
    String state =
        switch (status.state()) {
          case REQUESTED -> "requested";
          case SNAPSHOT_TAKEN -> "snapshot taken";
          case RUNNING -> status.round() == 0 ? "running" : round(status);
          case AGENT_FINISHED -> "report written";
          case FINISHED -> Objects.requireNonNull(status.status()).wireName();
        };
    return (status.overdue() ? "OVERDUE, " : "") + state;
  }

  private static String round(PatrolStatus status) {
    String limit = status.maxRounds() == 0 ? "" : " of " + status.maxRounds();
    return "round " + status.round() + limit + ": " + step(status);
  }

  /** What the round's step is: the tools that are called, or that the agent thinks. */
  static String step(PatrolStatus status) {
    return status.tools().isEmpty() ? "the agent thinks" : counted(status.tools());
  }

  /** Each tool once, and how often it is called. */
  private static String counted(List<String> tools) {
    Map<String, Long> counts =
        tools.stream()
            .collect(Collectors.groupingBy(t -> t, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(tool -> tool.getValue() == 1 ? tool.getKey() : tool.getKey() + " ×" + tool.getValue())
        .collect(Collectors.joining(", "));
  }
}
