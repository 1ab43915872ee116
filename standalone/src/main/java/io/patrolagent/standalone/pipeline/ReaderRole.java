package io.patrolagent.standalone.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Problem;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The agent's role where one process runs all stages: it may only read. An operator names it, or it
 * is {@code patrol_reader}, made here where the process's own role may make it.
 */
public final class ReaderRole {

  static final String NAME = "patrol_reader";
  private static final List<String> SCHEMAS = List.of("byoc", "alerts", "knowledge");

  private ReaderRole() {}

  /**
   * The reader's settings.
   *
   * @throws ConfigurationException if the role neither exists as configured nor can be made; the
   *     message holds the statements that a DBA has to run
   */
  public static DatabaseSettings ensure(Env env, DatabaseSettings owner) {
    Optional<String> user = env.optional(Setting.READER_USER);
    Optional<Secret> password = env.secret(Setting.READER_PASSWORD);
    if (user.isPresent()) {
      return new DatabaseSettings(owner.url(), user.get(), password.orElse(Secret.none()));
    }
    DatabaseSettings reader =
        new DatabaseSettings(owner.url(), NAME, password.orElse(derived(owner.password())));
    try (Database database = Database.open(owner, DatabaseOptions.of("patrol"))) {
      database.jdbi().<RuntimeException>useTransaction(handle -> make(handle, reader.password()));
      return reader;
    } catch (JdbiException e) {
      String rule =
          """
          is unset, and role %s may not make the agent's read-only role (%s); set it and %s to a \
          role that may only read, or have a DBA run:
              %s"""
              .formatted(
                  owner.user(),
                  rootMessage(e),
                  Setting.READER_PASSWORD.variable(),
                  String.join("\n    ", statements("…")));
      throw new ConfigurationException(
          List.of(
              new Problem(
                  Setting.READER_USER.variable(), Optional.empty(), rule, Optional.empty())));
    }
  }

  private static void make(Handle handle, Secret password) {
    boolean exists =
        handle
            .createQuery("select exists (select from pg_roles where rolname = :name)")
            .bind("name", NAME)
            .mapTo(Boolean.class)
            .one();
    if (!exists) {
      handle.execute("create role " + NAME + " login");
    }
    if (!password.isEmpty()) {
      handle.execute("alter role " + NAME + " password '" + password.value() + "'");
    }
    for (String schema : SCHEMAS) {
      handle.execute("create schema if not exists " + schema);
      grants(schema).forEach(handle::execute);
    }
  }

  private static List<String> statements(String password) {
    List<String> all = new ArrayList<>();
    all.add("create role " + NAME + " login password '" + password + "';");
    SCHEMAS.forEach(schema -> grants(schema).forEach(grant -> all.add(grant + ";")));
    return all;
  }

  private static List<String> grants(String schema) {
    return List.of(
        "grant usage on schema " + schema + " to " + NAME,
        "grant select on all tables in schema " + schema + " to " + NAME,
        "alter default privileges in schema " + schema + " grant select on tables to " + NAME);
  }

  /** The same for every process that knows the owner's password, and of no use for finding it. */
  private static Secret derived(Secret owner) {
    if (owner.isEmpty()) {
      return Secret.none(); // a server that asks nobody for a password
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(owner.value().getBytes(UTF_8), "HmacSHA256"));
      return new Secret(
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(NAME.getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
