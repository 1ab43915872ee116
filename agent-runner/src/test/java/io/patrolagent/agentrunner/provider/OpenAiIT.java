package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAiIT extends ProviderKit {

  @Override
  String provider() {
    return "openai";
  }

  @Override
  String path() {
    return "/v1/chat/completions";
  }

  private static String completion(String message, String finish, String usage) {
    return """
        {"id":"x","object":"chat.completion","created":1,"model":"gpt-4.1-2025-04-14",
         "choices":[{"index":0,"message":%s,"finish_reason":"%s"}],"usage":%s}
        """
        .formatted(message, finish, usage);
  }

  private static final String USAGE =
      "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120}";

  @Override
  String answer(String text) {
    return completion("{\"role\":\"assistant\",\"content\":\"" + text + "\"}", "stop", USAGE);
  }

  @Override
  String toolCalls() {
    return completion(
        """
        {"role":"assistant","content":null,"tool_calls":[
          {"id":"call_a","type":"function","function":{"name":"get_cluster_alerts","arguments":"{\\"cluster_id\\":\\"c-1\\"}"}},
          {"id":"call_b","type":"function","function":{"name":"get_cluster_alerts","arguments":"{\\"cluster_id\\":\\"c-2\\"}"}}]}
        """,
        "tool_calls",
        USAGE);
  }

  @Override
  String emptyAnswer() {
    return completion("{\"role\":\"assistant\",\"content\":\"\"}", "stop", USAGE);
  }

  @Override
  String cutAnswer() {
    return completion("{\"role\":\"assistant\",\"content\":\"half a\"}", "length", USAGE);
  }

  @Override
  String refusal() {
    return completion(
        "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I cannot\"}", "stop", USAGE);
  }

  @Override
  int quotaStatus() {
    return 429;
  }

  @Override
  String quotaExhausted() {
    return "{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}";
  }

  @Override
  String tooLarge() {
    return "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}";
  }

  @Override
  void assertToolRound(JsonNode sent, List<ToolExecutionRequest> calls) {
    assertThat(sent.at("/tools/0/function/name").asText()).isEqualTo("get_cluster_alerts");
    assertThat(sent.at("/tools/0/function/parameters/required/0").asText()).isEqualTo("cluster_id");
    assertThat(sent.at("/messages/2/tool_calls")).hasSize(2);
    assertThat(sent.at("/messages/2/tool_calls/0/id").asText()).isEqualTo("call_a");
    assertThat(sent.at("/messages/3/role").asText()).isEqualTo("tool");
    assertThat(sent.at("/messages/3/tool_call_id").asText()).isEqualTo("call_a");
    assertThat(sent.at("/messages/4/tool_call_id").asText()).isEqualTo("call_b");
    assertThat(sent.at("/messages/4/content").asText()).contains("c-2");
  }

  @Override
  void assertToolsSentButForbidden(JsonNode sent) {
    assertThat(sent.path("tool_choice").asText()).isEqualTo("none");
    assertThat(sent.path("tools")).hasSize(1);
  }

  @Test
  void cachedTokensStandWithinTheInputAndCostLess() throws Exception {
    // Given
    serve(
        ok(
            completion(
                "{\"role\":\"assistant\",\"content\":\"x\"}",
                "stop",
                "{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":400}}")));
    // When
    ModelAnswer answer = ask(request());
    // Then: 600 at 2, 400 at 0.50, 100 at 8 USD per million
    assertThat(answer.usage()).isEqualTo(new ModelUsage(1000, 400, 0, 100, usd("0.0022")));
    assertThat(answer.model()).isEqualTo("gpt-4.1-2025-04-14");
  }

  @Test
  void theRequestHoldsKeyModelAndLimit() throws Exception {
    // Given
    serve(ok(answer("x")));
    env.put("PATROL_LLM_OPENAI_MODEL", "my-model");
    env.put("PATROL_LLM_MAX_OUTPUT_TOKENS", "1234");
    // When
    ask(request());
    // Then
    assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(sent(0).path("model").asText()).isEqualTo("my-model");
    assertThat(sent(0).path("max_tokens").asInt()).isEqualTo(1234);
    assertThat(sent(0).has("temperature")).isFalse();
  }

  @Test
  void aServerOfLocalModelsNeedsNoKey() throws Exception {
    serve(ok(answer("x")));
    env.remove("OPENAI_API_KEY");
    ask(request());
    assertThat(requests().get(0).containsHeader("Authorization")).isFalse();
  }
}
