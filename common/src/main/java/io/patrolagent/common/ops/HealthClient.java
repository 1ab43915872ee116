package io.patrolagent.common.ops;

import io.patrolagent.common.config.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * Asks the service that listens where these settings say whether it is ready, for platforms that
 * run a command to learn it and images that have no HTTP client. Never through a proxy.
 */
final class HealthClient {

  // a check of readiness answers within two seconds
  private static final int TIMEOUT_MS = 4_000;
  private static final int LONGEST_ANSWER = 4_096;

  private final HttpSettings settings;

  HealthClient(HttpSettings settings) {
    this.settings = settings;
  }

  /** What came back: status and body, or why nothing did. */
  record Answer(boolean ready, String text) {}

  Answer askWhetherReady() {
    URI address = URI.create("");
    try {
      address = address();
      // not java.net.http: its client takes longer to load than the question to be answered
      HttpURLConnection connection =
          (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      settings
          .token()
          .ifPresent(
              token -> connection.setRequestProperty("Authorization", "Bearer " + token.value()));
      int status = connection.getResponseCode();
      boolean ready = status == HttpURLConnection.HTTP_OK;
      return new Answer(ready, status + " " + (ready ? "" : body(connection)));
    } catch (IOException noAnswer) {
      return new Answer(false, "no answer from " + address + ": " + noAnswer.getMessage());
    }
  }

  /** Who listens on every address is asked on loopback. */
  private URI address() throws UnknownHostException {
    InetAddress host = new InetSocketAddress(settings.host(), 0).getAddress();
    if (host == null) {
      throw new UnknownHostException(settings.host());
    }
    String name =
        (host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host).getHostAddress();
    return URI.create(
        "http://"
            + (name.contains(":") ? "[" + name + "]" : name)
            + ":"
            + settings.port()
            + "/health/ready");
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getErrorStream()) {
      return body == null
          ? ""
          : new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip();
    }
  }
}
