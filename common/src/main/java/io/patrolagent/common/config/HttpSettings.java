package io.patrolagent.common.config;

import java.util.Optional;

/** Where a service tells its health and metrics, and the bearer token that metrics ask for. */
public record HttpSettings(String host, int port, Optional<Secret> token) {

  private static final int LAST_PORT = 65_535;

  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("http host must not be blank");
    }
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException("http port must be from 0 to 65535, got " + port);
    }
  }

  /** From {@code PATROL_HTTP_…}; notes problems in the env. */
  public static HttpSettings from(Env env) {
    return new HttpSettings(
        env.string(Setting.HTTP_HOST),
        env.integer(Setting.HTTP_PORT, 0, LAST_PORT),
        env.secret(Setting.HTTP_TOKEN));
  }
}
