package io.patrolagent.common.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What every check answered; down where one of them is. */
public record HealthReport(List<Result> results) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One check's answer; the cause, a line without secrets, is there where it is down. */
  public record Result(String name, Optional<String> cause) {

    public boolean up() {
      return cause.isEmpty();
    }
  }

  public HealthReport {
    results = List.copyOf(results);
  }

  public boolean up() {
    return results.stream().allMatch(Result::up);
  }

  /** The causes of what is down, {@code name: cause} with semicolons; empty where all is up. */
  public String causes() {
    return results.stream()
        .flatMap(result -> result.cause().map(cause -> result.name() + ": " + cause).stream())
        .collect(Collectors.joining("; "));
  }

  /** {@code {"status":"DOWN","checks":[{"name":…,"status":…,"cause":…}]}}. */
  String json() {
    ObjectNode body = status(up());
    ArrayNode checks = body.putArray("checks");
    for (Result result : results) {
      ObjectNode check = checks.addObject().put("name", result.name());
      check.put("status", result.up() ? "UP" : "DOWN");
      result.cause().ifPresent(cause -> check.put("cause", cause));
    }
    return write(body);
  }

  /** The status alone, for whoever may not know more. */
  String jsonStatus() {
    return write(status(up()));
  }

  private static ObjectNode status(boolean up) {
    return JsonNodeFactory.instance.objectNode().put("status", up ? "UP" : "DOWN");
  }

  private static String write(ObjectNode body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
