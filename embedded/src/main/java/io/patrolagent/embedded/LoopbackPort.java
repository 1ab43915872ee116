package io.patrolagent.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** The TCP ports of the loopback address, the only one that anything embedded listens on. */
public final class LoopbackPort {

  static final String HOST = "127.0.0.1";

  /**
   * Below the ports that operating systems give to outgoing connections. From among those, a client
   * that keeps knocking while a server is stopped can be handed the server's own port, connect to
   * itself and keep the server from coming back.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_767;
  private static final int ATTEMPTS = 100;

  private LoopbackPort() {}

  /** A port on which nobody listens now; nothing reserves it. */
  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedStartException(
        "No free port: %d random ports from %d to %d of %s are all taken; stop what listens there, or choose a port"
            .formatted(ATTEMPTS, LOWEST, HIGHEST, HOST));
  }

  static void requireFree(int port, String server) {
    if (!isFree(port)) {
      throw new EmbeddedStartException(
          "Port %d of %s is taken, the embedded %s cannot listen there; stop what does, or choose another port (0 takes any free one)"
              .formatted(port, HOST, server));
    }
  }

  static int requireInRange(int port, String owner) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "%s: port must be from 0 (any free one) to 65535, not %d".formatted(owner, port));
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
