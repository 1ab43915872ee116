package io.patrolagent.common.ops;

import io.patrolagent.common.config.Secret;
import io.patrolagent.common.config.Setting;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Who may know more than the status. */
record Access(boolean loopback, Optional<Secret> token) {

  private static final String SCHEME = "Bearer ";

  /** Of a server that listens there: only loopback keeps everybody else out by itself. */
  static Access to(InetAddress address, Optional<Secret> token) {
    return new Access(address.isLoopbackAddress(), token);
  }

  /** What an operator who listens on a network should read; nothing on loopback. */
  Optional<String> warning(String host) {
    if (loopback) {
      return Optional.empty();
    }
    return Optional.of(
        Setting.HTTP_HOST.variable()
            + "="
            + host
            + " is reachable from the network: /health/* tells the status alone there, /metrics "
            + (token.isPresent() ? "asks for " : "is refused without ")
            + Setting.HTTP_TOKEN.variable());
  }

  /** Whether causes may be told: to the machine itself, and to who shows the token. */
  boolean mayKnowCauses(Optional<String> authorization) {
    return loopback || authorized(authorization);
  }

  /** Whether anybody can be given metrics at all. */
  boolean servesMetrics() {
    return loopback || token.isPresent();
  }

  /** Whether the metrics may be told: a token that is set is asked for on loopback too. */
  boolean mayReadMetrics(Optional<String> authorization) {
    return token.isEmpty() ? loopback : authorized(authorization);
  }

  private boolean authorized(Optional<String> authorization) {
    return token.isPresent()
        && authorization
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(value -> value.substring(SCHEME.length()).strip())
            .filter(shown -> same(shown, token.get().value()))
            .isPresent();
  }

  /** In constant time, so that the time taken tells nothing. */
  private static boolean same(String shown, String expected) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
