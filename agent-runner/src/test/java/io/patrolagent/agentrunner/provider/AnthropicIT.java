package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicIT extends ProviderKit {

  private static final String USAGE = "{\"input_tokens\":100,\"output_tokens\":20}";

  @Override
  String provider() {
    return "anthropic";
  }

  @Override
  String path() {
    return "/v1/messages";
  }

  private static String message(String content, String stop, String usage) {
    return """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
         "content":%s,"stop_reason":"%s","usage":%s}
        """
        .formatted(content, stop, usage);
  }

  @Override
  String answer(String text) {
    return message("[{\"type\":\"text\",\"text\":\"" + text + "\"}]", "end_turn", USAGE);
  }

  @Override
  String toolCalls() {
    return message(
        """
        [{"type":"tool_use","id":"toolu_a","name":"get_cluster_alerts","input":{"cluster_id":"c-1"}},
         {"type":"tool_use","id":"toolu_b","name":"get_cluster_alerts","input":{"cluster_id":"c-2"}}]
        """,
        "tool_use",
        USAGE);
  }

  @Override
  String emptyAnswer() {
    return message("[]", "end_turn", USAGE);
  }

  @Override
  String cutAnswer() {
    return message("[{\"type\":\"text\",\"text\":\"half a\"}]", "max_tokens", USAGE);
  }

  @Override
  String refusal() {
    return message("[]", "refusal", USAGE);
  }

  @Override
  int quotaStatus() {
    return 400;
  }

  @Override
  String quotaExhausted() {
    return "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API\"}}";
  }

  @Override
  String tooLarge() {
    return "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}";
  }

  @Override
  void assertToolRound(JsonNode sent, List<ToolExecutionRequest> calls) {
    assertThat(sent.at("/tools/0/name").asText()).isEqualTo("get_cluster_alerts");
    assertThat(sent.at("/tools/0/input_schema/required/0").asText()).isEqualTo("cluster_id");
    assertThat(sent.at("/messages/1/content/0/id").asText()).isEqualTo("toolu_a");
    assertThat(sent.at("/messages/1/content/1/input/cluster_id").asText()).isEqualTo("c-2");
    assertThat(sent.at("/messages/2/content")).hasSize(2);
    assertThat(sent.at("/messages/2/content/0/tool_use_id").asText()).isEqualTo("toolu_a");
    assertThat(sent.at("/messages/2/content/1/tool_use_id").asText()).isEqualTo("toolu_b");
  }

  @Override
  void assertToolsSentButForbidden(JsonNode sent) {
    assertThat(sent.at("/tool_choice/type").asText()).isEqualTo("none");
    assertThat(sent.path("tools")).hasSize(1);
  }

  @Test
  void cacheReadsAndWritesComeOnTopOfTheInput() throws Exception {
    // Given
    serve(
        ok(
            message(
                "[{\"type\":\"text\",\"text\":\"x\"}]",
                "end_turn",
                "{\"input_tokens\":100,\"output_tokens\":10,\"cache_read_input_tokens\":2000,"
                    + "\"cache_creation_input_tokens\":400}")));
    // When
    ModelAnswer answer = ask(request());
    // Then: 100 at 3, 2000 at 0.30, 400 at 3.75, 10 at 15 USD per million
    assertThat(answer.usage()).isEqualTo(new ModelUsage(2500, 2000, 400, 10, usd("0.00255")));
  }

  @Test
  void instructionsToolsAndTheConversationSoFarAreMarkedForTheCache() throws Exception {
    serve(ok(answer("x")));
    ask(request());
    JsonNode sent = sent(0);
    assertThat(sent.at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
    assertThat(sent.at("/tools/0/cache_control/type").asText()).isEqualTo("ephemeral");
    assertThat(sent.at("/messages/0/content/0/cache_control/type").asText()).isEqualTo("ephemeral");
    assertThat(requests().get(0).getHeader("x-api-key")).isEqualTo(KEY);
  }

  @Test
  void ofAToolRoundTheLastResultIsMarked() throws Exception {
    // Given
    serve(ok(toolCalls()));
    ModelAnswer calls = ask(request());
    // When
    serve(ok(answer("x")));
    ask(
        request().toBuilder()
            .messages(
                request().messages().get(0),
                request().messages().get(1),
                calls.message(),
                ToolExecutionResultMessage.from(
                    calls.message().toolExecutionRequests().get(0), "1"),
                ToolExecutionResultMessage.from(
                    calls.message().toolExecutionRequests().get(1), "2"))
            .build());
    // Then
    JsonNode results = sent(1).at("/messages/2/content");
    assertThat(results.at("/0/cache_control").isMissingNode()).isTrue();
    assertThat(results.at("/1/cache_control/type").asText()).isEqualTo("ephemeral");
  }
}
