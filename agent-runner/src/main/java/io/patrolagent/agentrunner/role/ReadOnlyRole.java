package io.patrolagent.agentrunner.role;

import io.patrolagent.common.ops.Database;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.Preparation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Refuses to start an agent whose database role may do more than read: what keeps a model from
 * writing is to be the database, not this program's care. It asks the catalogue, as the role
 * itself, and tries nothing.
 *
 * <p>What it does not see: a function with its owner's rights that the role may call. Such a call
 * is stopped by the read-only transaction that every tool reads in.
 */
public final class ReadOnlyRole implements Preparation {

  private static final String QUERY = "may_write.sql";
  private static final int MOST_NAMED = 10;

  private final Database database;

  public ReadOnlyRole(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "read-only role";
  }

  @Override
  public void run() throws PermanentFailureException {
    List<String> findings =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(query())
                        .configure(
                            SqlStatements.class,
                            statements -> statements.setTemplateEngine((sql, context) -> sql))
                        .mapTo(String.class)
                        .list());
    if (!findings.isEmpty()) {
      throw new PermanentFailureException(message(findings));
    }
  }

  private String message(List<String> findings) {
    String named = String.join("; ", findings.subList(0, Math.min(MOST_NAMED, findings.size())));
    String more =
        findings.size() > MOST_NAMED ? "; and " + (findings.size() - MOST_NAMED) + " more" : "";
    return "the agent runs queries that a model wrote, so that its role must do nothing but read, and"
        + " role "
        + database.user()
        + " may do more: "
        + named
        + more
        + ". Give the agent-runner a role of its own (PATROL_DATABASE_USER, or PATROL_READER_USER where"
        + " one process runs all stages): create role patrol_reader login password '…'; grant usage on"
        + " schema byoc, alerts, knowledge to patrol_reader; grant select on all tables in schema byoc,"
        + " alerts, knowledge to patrol_reader; and for tables made later: alter default privileges for"
        + " role … in schema alerts grant select on tables to patrol_reader."
        + " Before PostgreSQL 15 also: revoke create on schema public from public";
  }

  private static String query() {
    try (InputStream in = ReadOnlyRole.class.getResourceAsStream(QUERY)) {
      if (in == null) {
        throw new IllegalStateException(QUERY + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(QUERY + " cannot be read", unreadable);
    }
  }
}
