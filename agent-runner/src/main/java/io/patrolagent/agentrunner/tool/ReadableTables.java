package io.patrolagent.agentrunner.tool;

import io.patrolagent.common.ops.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that a query may read, as the database has them and this role sees them: an operator's
 * own columns, not those that this project ships. Asked once, when first needed; while the database
 * does not answer, the shipped ones are told. Thread-safe.
 */
final class ReadableTables {

  private static final Logger LOG = LoggerFactory.getLogger(ReadableTables.class);
  private static final String SHIPPED = "reference_tables.txt";
  private static final int MOST_DESCRIBED = 60;

  /** Readable columns alone: what is granted may be less than the table. */
  private static final String COLUMNS =
      """
      select format('%s.%s(%s)', quote_ident(n.nspname), quote_ident(c.relname), string_agg(
               quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', '
               order by a.attnum))
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_attribute a on a.attrelid = c.oid
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
         and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
         and c.relname <> 'patrol_schema_history'
         and a.attnum > 0 and not a.attisdropped
         and has_schema_privilege(n.oid, 'usage')
         and has_column_privilege(c.oid, a.attnum, 'select')
       group by n.nspname, c.relname
       order by n.nspname, c.relname
      """;

  private final Database database;
  private @Nullable String described;

  ReadableTables(Database database) {
    this.database = database;
  }

  /** A line for each: {@code byoc.clusters(cluster_id text, …)}. */
  synchronized String describe() {
    String known = described;
    if (known != null) {
      return known;
    }
    List<String> lines;
    try {
      lines = database.jdbi().withHandle(h -> h.createQuery(COLUMNS).mapTo(String.class).list());
    } catch (JdbiException unreachable) {
      LOG.warn(
          "the tables cannot be read, so that the model is told those that are shipped",
          unreachable);
      return shipped();
    }
    if (lines.isEmpty()) {
      return "(none: the role " + database.user() + " may read no table)";
    }
    String text = text(lines);
    described = text;
    return text;
  }

  private static String text(List<String> lines) {
    if (lines.size() <= MOST_DESCRIBED) {
      return String.join("\n", lines);
    }
    return String.join("\n", lines.subList(0, MOST_DESCRIBED))
        + "\nand "
        + (lines.size() - MOST_DESCRIBED)
        + " more: ask information_schema.columns";
  }

  private static String shipped() {
    try (InputStream in = ReadableTables.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(SHIPPED + " cannot be read", unreadable);
    }
  }
}
