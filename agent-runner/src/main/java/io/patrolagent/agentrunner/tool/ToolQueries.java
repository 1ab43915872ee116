package io.patrolagent.agentrunner.tool;

import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import io.patrolagent.common.sql.SqlDirectory;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The tools' access to the operator's tables: files that were read once, run in read-only
 * transactions, so that all that one call answers is from the same instant.
 *
 * <p>As a health check it says which file the server cannot answer with the columns that it must
 * return. Thread-safe.
 */
public final class ToolQueries implements HealthCheck {

  private final Jdbi jdbi;
  private final SqlDirectory directory;
  private final Function<Handle, Instant> clock;
  private final List<FleetQuery> loaded = new CopyOnWriteArrayList<>();
  private final ClusterLookup clusters;

  public ToolQueries(Jdbi jdbi, SqlDirectory directory) {
    this(jdbi, directory, ToolQueries::databaseTime);
  }

  /** With a clock of one's own in place of the database's. */
  ToolQueries(Jdbi jdbi, SqlDirectory directory, Function<Handle, Instant> clock) {
    this.jdbi = jdbi;
    this.directory = directory;
    this.clock = clock;
    this.clusters = new ClusterLookup(this);
  }

  /**
   * The same for a file that the database need not be able to run: the health check passes it over.
   */
  FleetQuery loadOptional(FleetFile file) {
    return new FleetQuery(file, directory.read(ToolQueries.class, file.name()));
  }

  /** What a call does within its transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Reading reading) throws Exception;
  }

  /**
   * Reads a file, which lies beside this class unless the operator replaced it.
   *
   * @throws java.io.UncheckedIOException if it cannot be read as UTF-8
   */
  FleetQuery load(FleetFile file) {
    FleetQuery query = loadOptional(file);
    loaded.add(query);
    return query;
  }

  /** Runs the work in one transaction that sees the database at one instant and cannot write. */
  <T> T read(Scope scope, Work<T> work) throws Exception {
    return jdbi.<T, Exception>inTransaction(
        handle -> {
          handle.execute("set transaction isolation level repeatable read, read only");
          handle.execute("set local timezone to 'UTC'"); // of times within JSON
          return work.in(new Reading(handle, scope, clock.apply(handle), clusters));
        });
  }

  /** All files that tools have read. */
  List<FleetQuery> loaded() {
    return List.copyOf(loaded);
  }

  @Override
  public String name() {
    return "tool-queries";
  }

  @Override
  public void check() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
  }

  /** What is wrong with each file that does not fit; empty where nothing is. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    jdbi.useHandle(
        handle -> {
          for (FleetQuery query : loaded) {
            Optional<String> problem = query.problem(handle);
            problem.ifPresent(problems::add);
          }
        });
    return problems;
  }

  /** Hands over each file's name, and how to ask what is wrong with it; nothing where it fits. */
  public void each(BiConsumer<String, Supplier<Optional<String>>> consumer) {
    for (FleetQuery query : loaded) {
      consumer.accept(query.toString(), () -> jdbi.withHandle(query::problem));
    }
  }

  private static Instant databaseTime(Handle handle) {
    return handle
        .createQuery("select transaction_timestamp()")
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }
}
