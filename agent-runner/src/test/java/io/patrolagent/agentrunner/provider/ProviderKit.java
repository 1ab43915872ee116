package io.patrolagent.agentrunner.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.output.FinishReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.ops.Telemetry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every provider, over its own HTTP protocol and langchain4j's real client. */
abstract class ProviderKit {

  static final ObjectMapper JSON = new ObjectMapper();
  static final String KEY = "sk-ant-" + "api03-secret0123456789";
  static WireMockServer server;

  /** What the calls waited for instead of sleeping. */
  final List<Duration> waits = new CopyOnWriteArrayList<>();

  final Map<String, String> env = new HashMap<>();

  @BeforeAll
  static void startServer() {
    server =
        new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    server.start();
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @BeforeEach
  void configure() {
    server.resetAll();
    env.put("PATROL_LLM_PROVIDERS", provider());
    env.put("PATROL_LLM_ATTEMPTS", "3");
    env.put(prefix() + "_API_KEY", KEY);
    env.put(prefix() + "_BASE_URL", "http://127.0.0.1:" + server.port());
  }

  abstract String provider();

  private String prefix() {
    return provider().toUpperCase(Locale.ROOT);
  }

  /** Where a call goes below the host. */
  abstract String path();

  /** Bodies of the provider's own: an answer of that text, 100 tokens in, 20 out. */
  abstract String answer(String text);

  /** Two calls of {@code get_cluster_alerts}, for c-1 and c-2. */
  abstract String toolCalls();

  abstract String emptyAnswer();

  abstract String cutAnswer();

  abstract String refusal();

  /** Status and body of an account with nothing left. */
  abstract int quotaStatus();

  abstract String quotaExhausted();

  /** Status and body of a prompt that is too long. */
  abstract String tooLarge();

  @Test
  void anAnswerComesWithWhoGaveItAndWhatItTook() throws Exception {
    // Given
    serve(ok(answer("all is well")));
    // When
    ModelAnswer answer = ask(request());
    // Then
    assertThat(answer.message().text()).isEqualTo("all is well");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.provider()).isEqualTo(provider());
    assertThat(answer.usage().inputTokens()).isEqualTo(100);
    assertThat(answer.usage().outputTokens()).isEqualTo(20);
    assertThat(answer.usage().costUsd()).isPositive();
    assertThat(answer.failures()).isEmpty();
    assertThat(requests()).singleElement().extracting(LoggedRequest::getUrl).isEqualTo(path());
    assertThat(requests().get(0).containsHeader("Upgrade")).isFalse();
  }

  @Test
  void parallelToolCallsComeEachWithAnIdAndGoBackWithTheirResults() throws Exception {
    // Given
    serve(ok(toolCalls()));
    List<ChatMessage> messages = new ArrayList<>(request().messages());
    // When
    ModelAnswer calls = ask(request());
    messages.add(calls.message());
    for (ToolExecutionRequest call : calls.message().toolExecutionRequests()) {
      messages.add(
          ToolExecutionResultMessage.builder()
              .id(call.id())
              .toolName(call.name())
              .text("{\"alerts\":\"of " + call.arguments().replace('"', '\'') + "\"}")
              .build());
    }
    serve(ok(answer("done")));
    ask(request().toBuilder().messages(messages).build());
    // Then
    assertThat(calls.message().toolExecutionRequests())
        .allSatisfy(call -> assertThat(call.id()).isNotBlank())
        .extracting(ToolExecutionRequest::name)
        .containsExactly("get_cluster_alerts", "get_cluster_alerts");
    assertThat(calls.message().toolExecutionRequests())
        .extracting(call -> JSON.readTree(call.arguments()).path("cluster_id").asText())
        .containsExactly("c-1", "c-2");
    assertThat(calls.message().toolExecutionRequests())
        .extracting(ToolExecutionRequest::id)
        .doesNotHaveDuplicates();
    assertToolRound(sent(1), calls.message().toolExecutionRequests());
  }

  /** That tools, calls and results stand in the request as the provider wants them. */
  abstract void assertToolRound(JsonNode sent, List<ToolExecutionRequest> calls);

  @Test
  void toolsAreStillSentWhenTheyMayNotBeCalled() throws Exception {
    serve(ok(answer("the end")));
    ask(request().toBuilder().toolChoice(ToolChoice.NONE).build());
    assertToolsSentButForbidden(sent(0));
  }

  abstract void assertToolsSentButForbidden(JsonNode sent);

  @Test
  void aConversationOfAnotherProviderIsTakenOver() throws Exception {
    // Given
    AiMessage foreign =
        AiMessage.builder()
            .text("let me look")
            .thinking("secret thoughts")
            .attributes(Map.of("provider", "another", "thinking_signature", "sig"))
            .toolExecutionRequests(
                List.of(
                    ToolExecutionRequest.builder()
                        .id("call_1")
                        .name("get_cluster_alerts")
                        .arguments("{broken")
                        .build()))
            .build();
    serve(ok(answer("done")));
    // When
    ask(
        request().toBuilder()
            .messages(
                UserMessage.from("report"),
                foreign,
                ToolExecutionResultMessage.from("call_1", "get_cluster_alerts", "none"))
            .build());
    // Then
    assertThat(sent(0).toString())
        .contains("let me look")
        .contains("unreadable")
        .doesNotContain("secret thoughts")
        .doesNotContain("\"sig\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 529, 408})
  void aServerInTroubleIsAskedAgain(int status) throws Exception {
    serve(aResponse().withStatus(status).withBody("<html>oops</html>"), ok(answer("back")));
    assertThat(ask(request()).message().text()).isEqualTo("back");
    assertThat(waits).singleElement().matches(w -> w.compareTo(Duration.ofMillis(500)) >= 0);
  }

  @Test
  void aRateLimitWithoutRetryAfterIsWaitedOutByBackoff() throws Exception {
    serve(rateLimit(), rateLimit(), ok(answer("back")));
    assertThat(ask(request()).message().text()).isEqualTo("back");
    assertThat(waits).hasSize(2);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void retryAfterInSecondsIsTheFloorOfTheWait() throws Exception {
    serve(rateLimit().withHeader("Retry-After", "7"), ok(answer("back")));
    ask(request());
    assertThat(waits).singleElement().matches(w -> w.compareTo(Duration.ofSeconds(7)) >= 0);
    assertThat(waits.get(0)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void retryAfterMayBeADate() throws Exception {
    ZonedDateTime later = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(50);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(later);
    serve(rateLimit().withHeader("Retry-After", date), ok(answer("back")));
    ask(request());
    assertThat(waits).singleElement().matches(w -> w.toSeconds() > 30 && w.toSeconds() <= 51);
  }

  @Test
  void aRetryAfterBeyondTheCapHandsOverAtOnce() {
    serve(rateLimit().withHeader("Retry-After", "3600"));
    ProviderFailure failure = failure();
    assertThat(failure.reason()).isEqualTo("rate_limited");
    assertThat(failure.message()).endsWith("(asks to wait 3600 s)");
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void attemptsAreBounded() {
    serve(aResponse().withStatus(500));
    ProviderFailure failure = failure();
    assertThat(failure.reason()).isEqualTo("server_error");
    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(requests()).hasSize(3);
  }

  @Test
  void anEmptyAccountIsNotAskedAgain() {
    serve(aResponse().withStatus(quotaStatus()).withBody(quotaExhausted()));
    assertFailedAtOnce("quota");
  }

  @Test
  void aPromptThatIsTooLongIsNotSentAgain() {
    serve(aResponse().withStatus(400).withBody(tooLarge()));
    assertFailedAtOnce("too_large");
  }

  @Test
  void whatTheProviderRefusesIsNotSentAgain() {
    serve(ok(refusal()));
    assertFailedAtOnce("refused");
  }

  @Test
  void otherStatusesFailAtOnceAndSayWhy() {
    Map.of(
            400, "invalid_request",
            401, "authentication",
            403, "authentication",
            404, "unknown_model",
            413, "too_large",
            301, "invalid_request")
        .forEach(
            (status, reason) -> {
              server.resetAll();
              serve(
                  aResponse()
                      .withStatus(status)
                      .withBody("{\"error\":{\"message\":\"no way with " + KEY + "\"}}"));
              assertFailedAtOnce(reason);
              assertThat(failure().message()).isEqualTo("status " + status + ": no way with ***");
            });
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aConnectionThatBreaksIsTriedAgain(Fault fault) throws Exception {
    serve(aResponse().withFault(fault), ok(answer("back")));
    assertThat(ask(request()).message().text()).isEqualTo("back");
    assertThat(waits).hasSize(1);
  }

  @Test
  void aBrokenConnectionIsNamed() {
    serve(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThat(failure().reason()).isEqualTo("connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "<html>login</html>", "null", "[]", "{}", "\"text\""})
  void anAnswerThatCannotBeReadIsTriedAgainAndThenNamed(String body) throws Exception {
    serve(ok(body), ok(answer("back")));
    assertThat(ask(request()).message().text()).isEqualTo("back");
    server.resetAll();
    serve(ok(body));
    assertThat(failure().reason()).isIn("malformed_answer", "empty_answer");
  }

  @Test
  void anErrorInAnAnswerWithSuccessCountsAsOne() {
    serve(ok("{\"error\":{\"code\":429,\"message\":\"slow down\"}}"));
    assertThat(failure().reason()).isEqualTo("rate_limited");
  }

  @Test
  void anEmptyAnswerIsAskedForOnceMoreAndPaidFor() {
    serve(ok(emptyAnswer()));
    NoModelException thrown = unanswered();
    assertThat(thrown.failures().get(0).reason()).isEqualTo("empty_answer");
    assertThat(thrown.failures().get(0).attempts()).isEqualTo(2);
    assertThat(thrown.usage().inputTokens()).isEqualTo(200);
  }

  @Test
  void anAnswerCutAtTheLimitIsHandedOn() throws Exception {
    serve(ok(cutAnswer()));
    ModelAnswer answer = ask(request());
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer.message().text()).isEqualTo("half a");
  }

  @Test
  void aProviderThatHangsIsGivenUp() {
    env.put("PATROL_LLM_TIMEOUT", "150ms");
    env.put("PATROL_LLM_ATTEMPTS", "2");
    serve(ok(answer("late")).withFixedDelay(60_000));
    ProviderFailure failure = failure();
    assertThat(failure.reason()).isEqualTo("timeout");
    assertThat(failure.attempts()).isEqualTo(2);
  }

  @Test
  void aBodyThatDribblesIsGivenUpToo() {
    env.put("PATROL_LLM_TIMEOUT", "150ms");
    env.put("PATROL_LLM_ATTEMPTS", "1");
    serve(ok(answer("late")).withChunkedDribbleDelay(100, 60_000));
    assertThat(failure().reason()).isEqualTo("timeout");
  }

  @Test
  void theDeadlineEndsAnAttemptThatMightHaveGoneOn() {
    serve(ok(answer("late")).withFixedDelay(60_000));
    NoModelException thrown =
        catchThrowableOfType(
            NoModelException.class,
            () -> providers().ask(request(), null, Instant.now().plusMillis(150)));
    assertThat(thrown.failures()).extracting(ProviderFailure::reason).containsExactly("deadline");
  }

  @Test
  void anInterruptEndsTheCallUnderWay() throws Exception {
    // Given
    serve(ok(answer("late")).withFixedDelay(60_000));
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread caller = new Thread(() -> ended.set(catchThrowable(() -> ask(request()))));
    caller.start();
    await().until(() -> !requests().isEmpty());
    // When
    caller.interrupt();
    caller.join();
    // Then
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void anEndlessBodyEndsTheCallAndNotTheProcess() {
    env.put("PATROL_LLM_ATTEMPTS", "1");
    serve(ok("x".repeat(17 << 20)));
    assertThat(failure().reason()).isEqualTo("connection");
    assertThat(failure().message()).contains("longer than 16777216 bytes");
  }

  @Test
  void aServerThatIsNotThereIsAFailedConnection() {
    env.put(prefix() + "_BASE_URL", "http://127.0.0.1:1");
    assertThat(failure().reason()).isEqualTo("connection");
  }

  @Test
  void theOfflineAnalystTakesOver() {
    env.put("PATROL_LLM_PROVIDERS", provider() + ",offline");
    serve(aResponse().withStatus(401));
    assertThatThrownBy(() -> ask(request())) // it answers no prompt but a patrol's
        .isInstanceOf(NoModelException.class)
        .hasMessageContaining(provider() + " (authentication)")
        .hasMessageContaining("offline (invalid_request)");
  }

  // what the tests are made of

  Providers providers() {
    Env read = Env.of(env);
    ProviderSettings settings = ProviderSettings.from(read);
    read.verify();
    return Providers.of(
        settings,
        new OfflineAnalyst(),
        new RemoteProvider.Surroundings(
            Clock.systemUTC(), waits::add, Telemetry.of(new SimpleMeterRegistry())));
  }

  ModelAnswer ask(ChatRequest request) throws NoModelException, InterruptedException {
    return providers().ask(request, null, Instant.now().plusSeconds(600));
  }

  NoModelException unanswered() {
    waits.clear();
    return catchThrowableOfType(NoModelException.class, () -> ask(request()));
  }

  ProviderFailure failure() {
    return unanswered().failures().get(0);
  }

  private void assertFailedAtOnce(String reason) {
    ProviderFailure failure = failure();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(waits).isEmpty();
  }

  static ChatRequest request() {
    return ChatRequest.builder()
        .messages(SystemMessage.from("you are the patrol"), UserMessage.from("look at the fleet"))
        .toolSpecifications(
            ToolSpecification.builder()
                .name("get_cluster_alerts")
                .description("alerts of one cluster")
                .parameters(
                    JsonObjectSchema.builder()
                        .addStringProperty("cluster_id", "whose")
                        .required("cluster_id")
                        .build())
                .build())
        .build();
  }

  static ResponseDefinitionBuilder ok(String body) {
    return aResponse().withHeader("Content-Type", "application/json").withBody(body);
  }

  static ResponseDefinitionBuilder rateLimit() {
    return aResponse().withStatus(429).withBody("{\"error\":{\"message\":\"slow down\"}}");
  }

  /** These answers in turn; the last one again and again. */
  static void serve(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      boolean last = i == answers.length - 1;
      server.stubFor(
          post(anyUrl())
              .inScenario("answers")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
              .willSetStateTo(
                  last ? (i == 0 ? Scenario.STARTED : "answer " + i) : "answer " + (i + 1))
              .willReturn(answers[i]));
    }
  }

  static List<LoggedRequest> requests() {
    return server.findAll(postRequestedFor(anyUrl()));
  }

  static JsonNode sent(int index) throws Exception {
    return JSON.readTree(requests().get(index).getBodyAsString());
  }

  static BigDecimal usd(String amount) {
    return new BigDecimal(amount);
  }
}
