package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A provider's error as one of our reasons. The status says too little: a rate limit and an empty
 * account are both 429, and a bad key, a prompt that is too long and a filtered one may all be 400.
 */
final class ErrorBody {

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              Reason.QUOTA,
              "insufficient_quota",
              "billing_hard_limit_reached",
              "billing_not_active",
              "billing_error",
              "credit balance is too low",
              "perday"),
          new Sign(
              Reason.TOO_LARGE,
              "context_length_exceeded",
              "string_above_max_length",
              "request_too_large",
              "request too large",
              "prompt is too long",
              "maximum context length",
              "exceed context limit",
              "exceeds the maximum number of tokens"),
          new Sign(
              Reason.REFUSED,
              "content_filter",
              "content_policy_violation",
              "responsibleaipolicyviolation",
              "invalid_prompt"),
          new Sign(Reason.UNKNOWN_MODEL, "model_not_found"),
          new Sign(
              Reason.AUTHENTICATION, "invalid_api_key", "api_key_invalid", "api key not valid"));

  private ErrorBody() {}

  /** What an answer with another status than 2xx means. */
  static Reason reason(Reply reply) {
    int status = reply.status();
    Optional<Reason> said = said(reply.json());
    if (said.isPresent() && status < 500) {
      return said.get();
    }
    return ofStatus(status);
  }

  /** What an error in the body of a 2xx answer means, as some gateways send it. */
  static Reason reasonWithin(JsonNode body) {
    return said(body).orElseGet(() -> ofStatus(error(body).path("code").asInt(500)));
  }

  /** The object that describes the error; a missing node where there is none. */
  static JsonNode error(JsonNode body) {
    JsonNode first = body.isArray() ? body.path(0) : body; // Gemini may send a list of one
    return first.path("error");
  }

  /** What the provider says about it; the status alone where that is nothing readable. */
  static String message(Reply reply) {
    JsonNode body = reply.json();
    JsonNode error = error(body);
    for (JsonNode candidate :
        List.of(error.path("message"), error, body.path("message"), body.path("detail"))) {
      if (candidate.isTextual() && !candidate.asText().isBlank()) {
        return "status " + reply.status() + ": " + candidate.asText();
      }
    }
    return "status " + reply.status();
  }

  private static Optional<Reason> said(JsonNode body) {
    JsonNode error = error(body);
    String text = (error.isMissingNode() ? body : error).toString().toLowerCase(Locale.ROOT);
    return SIGNS.stream().filter(sign -> sign.isIn(text)).map(Sign::reason).findFirst();
  }

  private static Reason ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> Reason.AUTHENTICATION;
      case 402 -> Reason.QUOTA;
      case 404 -> Reason.UNKNOWN_MODEL;
      case 413 -> Reason.TOO_LARGE;
      case 429 -> Reason.RATE_LIMITED;
      case 408 -> Reason.TIMEOUT;
      case 409, 425 -> Reason.SERVER_ERROR;
      default -> status >= 500 ? Reason.SERVER_ERROR : Reason.INVALID_REQUEST;
    };
  }

  private record Sign(Reason reason, List<String> words) {

    Sign(Reason reason, String... words) {
      this(reason, List.of(words));
    }

    boolean isIn(String text) {
      return words.stream().anyMatch(text::contains);
    }
  }
}
