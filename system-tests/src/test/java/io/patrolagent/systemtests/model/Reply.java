package io.patrolagent.systemtests.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the model's server does with one request. */
@FunctionalInterface
public interface Reply {

  void send(HttpExchange exchange) throws IOException;

  /** Asks for a tool, whatever the name and the arguments are. */
  static Reply toolCall(String id, String tool, String arguments) {
    return completion(
        Map.of(
            "role",
            "assistant",
            "tool_calls",
            List.of(
                Map.of(
                    "id",
                    id,
                    "type",
                    "function",
                    "function",
                    Map.of("name", tool, "arguments", arguments)))),
        "tool_calls");
  }

  /** A text as the answer. */
  static Reply text(String content) {
    return completion(Map.of("role", "assistant", "content", content), "stop");
  }

  /** The same from another model than usual. */
  static Reply text(String content, String model) {
    return completion(Map.of("role", "assistant", "content", content), "stop", model);
  }

  /** A text that ended because there were no tokens left. */
  static Reply cutShort(String content) {
    return completion(Map.of("role", "assistant", "content", content), "length");
  }

  /** An error in OpenAI's words, with these headers: name, value, name, value. */
  static Reply error(int status, String code, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      json(exchange, status, Map.of("error", Map.of("message", "stub says " + code, "code", code)));
    };
  }

  /** Half of what it says it will send, and then the connection is closed. */
  static Reply brokenOff() {
    return exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 10_000);
      exchange.getResponseBody().write("{\"id\":\"completion\",".getBytes(UTF_8));
      exchange.getResponseBody().flush();
      throw new IOException("broken off on purpose");
    };
  }

  private static Reply completion(Map<String, Object> message, String finishReason) {
    return completion(message, finishReason, "stub-1");
  }

  private static Reply completion(Map<String, Object> message, String finishReason, String model) {
    return exchange ->
        json(
            exchange,
            200,
            Map.of(
                "id",
                "completion",
                "object",
                "chat.completion",
                "created",
                1_800_000_000,
                "model",
                model,
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", finishReason)),
                "usage",
                Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)));
  }

  private static void json(HttpExchange exchange, int status, Map<String, Object> answer)
      throws IOException {
    byte[] body = new ObjectMapper().writeValueAsBytes(answer);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
