package io.patrolagent.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * A server that speaks OpenAI's chat completions: two rounds of tool calls, then a report. It
 * counts what it is asked, and holds an answer back where a test wants to act just then.
 */
final class StubModel implements AutoCloseable {

  static final int ROUNDS = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPORT =
      """
      ## FLEET_NARRATIVE

      All 3 active clusters are well.

      ## FLAGGED_CLUSTERS

      []

      ## PREDICTIONS

      - [Low] Nothing points forward.

      ## CUSTOMER_SUMMARIES

      None.

      ## RECOMMENDED_ACTIONS

      - [This Week] Go on watching.
      """;

  /** The round of each request, in the order in which they came. */
  final List<Integer> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private volatile int refusedFrom = Integer.MAX_VALUE;
  private final Map<Integer, Hold> holds = new ConcurrentHashMap<>();
  private final Map<Integer, Runnable> afterAnswers = new ConcurrentHashMap<>();

  private record Hold(CountDownLatch arrived, CountDownLatch released) {}

  private StubModel(HttpServer server) {
    this.server = server;
  }

  static StubModel start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StubModel stub = new StubModel(server);
    server.createContext("/v1/chat/completions", stub::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stub-model");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
    return stub;
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The next request of that round gets no answer before {@link #release}; waits until it came. */
  void holdNext(int round) {
    holds.put(round, new Hold(new CountDownLatch(1), new CountDownLatch(1)));
  }

  void awaitHeld(int round) throws InterruptedException {
    holds.get(round).arrived().await();
  }

  /** What is held is answered, whether anybody still listens or not. */
  void release(int round) {
    holds.remove(round).released().countDown();
  }

  /** From that round on the key is refused. */
  void refuseFrom(int round) {
    refusedFrom = round;
  }

  /** Runs as soon as the first answer of that round has been written. */
  void afterAnswer(int round, Runnable action) {
    afterAnswers.put(round, action);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    int round = 1;
    for (JsonNode message : request.get("messages")) {
      round += message.get("role").asText().equals("assistant") ? 1 : 0;
    }
    requests.add(round);
    Hold hold = holds.get(round);
    if (hold != null && hold.arrived().getCount() > 0) {
      hold.arrived().countDown();
      try {
        hold.released().await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    boolean refused = round >= refusedFrom;
    Map<String, Object> answer =
        refused
            ? Map.of("error", Map.of("message", "Incorrect API key", "code", "invalid_api_key"))
            : completion(round);
    byte[] body = JSON.writeValueAsString(answer).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(refused ? 401 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
    Runnable action = afterAnswers.remove(round);
    if (action != null) {
      action.run();
    }
  }

  private static Map<String, Object> completion(int round) {
    Map<String, Object> message =
        round < ROUNDS
            ? Map.of("role", "assistant", "tool_calls", List.of(call(round)))
            : Map.of("role", "assistant", "content", REPORT);
    return Map.of(
        "id",
        "completion-" + round,
        "object",
        "chat.completion",
        "created",
        1_800_000_000,
        "model",
        "stub-1",
        "choices",
        List.of(
            Map.of(
                "index",
                0,
                "message",
                message,
                "finish_reason",
                round < ROUNDS ? "tool_calls" : "stop")),
        "usage",
        Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120));
  }

  private static Map<String, Object> call(int round) {
    return Map.of(
        "id",
        "call-" + round,
        "type",
        "function",
        "function",
        Map.of("name", "query_open_issues", "arguments", "{\"limit\": " + round + "}"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
