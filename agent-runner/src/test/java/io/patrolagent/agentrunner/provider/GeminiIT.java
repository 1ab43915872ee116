package io.patrolagent.agentrunner.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiIT extends ProviderKit {

  private static final String USAGE =
      "{\"promptTokenCount\":100,\"candidatesTokenCount\":20,\"totalTokenCount\":120}";

  @Override
  String provider() {
    return "gemini";
  }

  @Override
  String path() {
    return "/v1beta/models/gemini-2.5-pro:generateContent";
  }

  private static String content(String parts, String finish, String usage) {
    return """
        {"candidates":[{"content":{"role":"model","parts":%s},"finishReason":"%s","index":0}],
         "usageMetadata":%s,"modelVersion":"gemini-2.5-pro","responseId":"r"}
        """
        .formatted(parts, finish, usage);
  }

  @Override
  String answer(String text) {
    return content("[{\"text\":\"" + text + "\"}]", "STOP", USAGE);
  }

  @Override
  String toolCalls() {
    return content(
        """
        [{"functionCall":{"name":"get_cluster_alerts","args":{"cluster_id":"c-1"}},"thoughtSignature":"c2ln"},
         {"functionCall":{"name":"get_cluster_alerts","args":{"cluster_id":"c-2"}}}]
        """,
        "STOP",
        USAGE);
  }

  @Override
  String emptyAnswer() {
    return content("[{\"text\":\"\"}]", "STOP", USAGE);
  }

  @Override
  String cutAnswer() {
    return content("[{\"text\":\"half a\"}]", "MAX_TOKENS", USAGE);
  }

  @Override
  String refusal() {
    return "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":100}}";
  }

  @Override
  int quotaStatus() {
    return 429;
  }

  @Override
  String quotaExhausted() {
    return "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"You exceeded your current quota\",\"details\":[{\"violations\":[{\"quotaId\":\"GenerateRequestsPerDayPerProjectPerModel\"}]}]}}";
  }

  @Override
  String tooLarge() {
    return "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":\"The input token count (1048600) exceeds the maximum number of tokens allowed (1048575).\"}}";
  }

  @Override
  void assertToolRound(JsonNode sent, List<ToolExecutionRequest> calls) {
    assertThat(sent.at("/tools/0/functionDeclarations/0/name").asText())
        .isEqualTo("get_cluster_alerts");
    JsonNode model = sent.at("/contents/1/parts");
    assertThat(model).hasSize(2);
    assertThat(model.at("/0/functionCall/args/cluster_id").asText()).isEqualTo("c-1");
    assertThat(model.at("/0/thoughtSignature").asText()).isEqualTo("c2ln");
    assertThat(sent.toString()).contains("functionResponse");
  }

  @Override
  void assertToolsSentButForbidden(JsonNode sent) {
    assertThat(sent.at("/toolConfig/functionCallingConfig/mode").asText()).isEqualTo("NONE");
    assertThat(sent.at("/tools/0/functionDeclarations")).hasSize(1);
  }

  @Test
  void cachedTokensStandWithinTheInputAndThoughtsCountAsOutput() throws Exception {
    // Given
    serve(
        ok(
            content(
                "[{\"text\":\"x\"}]",
                "STOP",
                "{\"promptTokenCount\":1000,\"cachedContentTokenCount\":400,"
                    + "\"candidatesTokenCount\":50,\"thoughtsTokenCount\":150,\"totalTokenCount\":1200}")));
    // When
    ModelAnswer answer = ask(request());
    // Then: 600 at 1.25, 400 at 0.125, 200 at 10 USD per million
    assertThat(answer.usage()).isEqualTo(new ModelUsage(1000, 400, 0, 200, usd("0.0028")));
    assertThat(requests().get(0).getHeader("x-goog-api-key")).isEqualTo(KEY);
  }

  @Test
  void anAnswerWithheldForSafetyIsARefusal() {
    serve(ok(content("[]", "SAFETY", USAGE)));
    assertThat(failure().reason()).isEqualTo("refused");
  }

  @Test
  void theDelayInItsErrorIsTheFloorOfTheWait() throws Exception {
    serve(
        aResponse()
            .withStatus(429)
            .withBody(
                "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"slow\","
                    + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"21s\"}]}}"),
        ok(answer("back")));
    ask(request());
    assertThat(waits).singleElement().matches(w -> w.toSeconds() == 21);
  }

  @Test
  void aWrongKeyIsNoWrongRequest() {
    serve(
        aResponse()
            .withStatus(400)
            .withBody(
                "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":\"API key not"
                    + " valid. Please pass a valid API key.\"}}"));
    assertThat(failure().reason()).isEqualTo("authentication");
  }
}
