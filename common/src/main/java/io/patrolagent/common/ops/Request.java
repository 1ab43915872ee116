package io.patrolagent.common.ops;

import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;

/** What the endpoints need of a request. */
record Request(String method, String path, Optional<String> authorization) {

  static Request of(HttpExchange exchange) {
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
  }
}
