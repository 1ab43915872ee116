package io.patrolagent.agentrunner.offline;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.agentrunner.prompt.DataFence;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A conversation with the analyst, led by a test in the loop's place. */
final class Dialogue {

  static final List<String> TOOLS =
      List.of(
          "query_fleet_summary",
          "query_open_issues",
          "query_sql",
          "get_cluster_metrics",
          "get_cluster_alerts",
          "get_infrastructure_state",
          "search_logs",
          "search_knowledge_lake",
          "get_previous_patrol");

  private static final int MOST_ROUNDS = 12;

  private final List<ChatMessage> messages;
  private final List<String> offered;

  Dialogue(PatrolRequest request, FleetSnapshot snapshot, List<String> offered) {
    this.messages = new ArrayList<>(PatrolPrompt.shipped().open(request, snapshot));
    this.offered = offered;
  }

  Dialogue(FleetSnapshot snapshot) {
    this(Snapshots.request(), snapshot, TOOLS);
  }

  /** Answers every round until there is a report. A null answer is a result that never came. */
  String converse(Function<ToolExecutionRequest, String> answers) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      AiMessage message = next();
      if (!message.hasToolExecutionRequests()) {
        return message.text();
      }
      add(message, answers);
    }
    throw new AssertionError("no report after " + MOST_ROUNDS + " rounds");
  }

  void add(AiMessage message, Function<ToolExecutionRequest, String> answers) {
    messages.add(message);
    for (ToolExecutionRequest call : message.toolExecutionRequests()) {
      String answer = answers.apply(call);
      if (answer != null) {
        messages.add(
            ToolExecutionResultMessage.from(
                call.id(), call.name(), DataFence.wrap(call.name(), answer)));
      }
    }
  }

  /** What the analyst says next, tools offered. */
  AiMessage next() {
    return ask(messages, ToolChoice.AUTO);
  }

  /** What the analyst says after the first so many messages, tools withdrawn. */
  String reportAfter(int count) {
    return ask(messages.subList(0, count), ToolChoice.NONE).text();
  }

  List<ChatMessage> messages() {
    return messages;
  }

  List<ToolExecutionRequest> calls() {
    return messages.stream()
        .flatMap(
            message ->
                message instanceof AiMessage ai && ai.hasToolExecutionRequests()
                    ? ai.toolExecutionRequests().stream()
                    : Stream.<ToolExecutionRequest>empty())
        .toList();
  }

  private AiMessage ask(List<ChatMessage> said, ToolChoice choice) {
    List<ToolSpecification> tools =
        offered.stream().map(name -> ToolSpecification.builder().name(name).build()).toList();
    ChatRequest.Builder request = ChatRequest.builder().messages(said);
    if (!tools.isEmpty()) {
      request.toolSpecifications(tools).toolChoice(choice);
    }
    return new OfflineAnalyst().chat(request.build()).aiMessage();
  }
}
