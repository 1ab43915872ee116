package io.patrolagent.agentrunner.loop;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this process among those that may work on a patrol: host and process id. */
public final class RunBy {

  /** {@code runner-7c9f-1}. */
  public static final String NAME = host() + "-" + ProcessHandle.current().pid();

  private RunBy() {}

  private static String host() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name.strip();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
