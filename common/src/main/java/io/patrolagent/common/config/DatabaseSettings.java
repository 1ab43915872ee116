package io.patrolagent.common.config;

import java.util.regex.Pattern;

/**
 * Which PostgreSQL database, as which role.
 *
 * <p>The URL holds no credentials, so that it may be printed: they would go before the role that
 * the service was given.
 */
public record DatabaseSettings(String url, String user, Secret password) {

  private static final String SCHEME = "jdbc:postgresql:";
  private static final Pattern CREDENTIALS =
      Pattern.compile("//[^/?]*@|[?&](?:user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

  public DatabaseSettings {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("database url must start with " + SCHEME);
    }
    if (CREDENTIALS.matcher(url).find()) {
      throw new IllegalArgumentException("database url must hold no user and no password");
    }
    if (user.isBlank()) {
      throw new IllegalArgumentException("database user must not be blank");
    }
  }

  /** From {@code PATROL_DATABASE_…}; notes problems in the env. */
  public static DatabaseSettings from(Env env) {
    String url = env.required(Setting.DATABASE_URL);
    if (!url.startsWith(SCHEME)) {
      env.problem(Setting.DATABASE_URL, "must start with " + SCHEME);
      url = Setting.DATABASE_URL.example();
    } else if (CREDENTIALS.matcher(url).find()) {
      env.problem(
          Setting.DATABASE_URL,
          "must hold no user and no password; they belong in "
              + Setting.DATABASE_USER.variable()
              + " and "
              + Setting.DATABASE_PASSWORD.variable());
      url = Setting.DATABASE_URL.example();
    }
    return new DatabaseSettings(
        url,
        env.required(Setting.DATABASE_USER),
        env.secret(Setting.DATABASE_PASSWORD).orElse(Secret.none()));
  }
}
