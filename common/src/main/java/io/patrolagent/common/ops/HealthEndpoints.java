package io.patrolagent.common.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patrolagent.common.config.Setting;

/** What is answered to a request, apart from how it came in. */
final class HealthEndpoints {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final Health health;
  private final Metrics metrics;
  private final Access access;

  HealthEndpoints(Health health, Metrics metrics, Access access) {
    this.health = health;
    this.metrics = metrics;
    this.access = access;
  }

  Reply answer(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return error(METHOD_NOT_ALLOWED, "only GET and HEAD are answered").with("Allow", "GET, HEAD");
    }
    return switch (request.path()) {
      case "/health/live" -> health(health.live(), request);
      case "/health/ready" -> health(health.ready(), request);
      case "/metrics" -> metrics(request);
      default -> error(NOT_FOUND, "only /health/live, /health/ready and /metrics are here");
    };
  }

  private Reply health(HealthReport report, Request request) {
    boolean causes = access.mayKnowCauses(request.authorization());
    return Reply.json(report.up() ? OK : UNAVAILABLE, causes ? report.json() : report.jsonStatus());
  }

  private Reply metrics(Request request) {
    if (!access.servesMetrics()) {
      return error(
          FORBIDDEN,
          "metrics are served on loopback, or with a token: set "
              + Setting.HTTP_TOKEN.variable()
              + " and send it as Authorization: Bearer");
    }
    if (!access.mayReadMetrics(request.authorization())) {
      return error(
              UNAUTHORIZED,
              "send " + Setting.HTTP_TOKEN.variable() + "'s value as Authorization: Bearer")
          .with("WWW-Authenticate", "Bearer");
    }
    return Reply.text(OK, Metrics.CONTENT_TYPE, metrics.scrape());
  }

  private static Reply error(int status, String message) {
    return Reply.json(
        status, JsonNodeFactory.instance.objectNode().put("error", message).toString());
  }
}
