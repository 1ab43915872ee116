package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.ops.HealthCheck;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ParsedSql;

/**
 * Whether the server can answer all six files with the columns that they must return. It parses and
 * describes them and runs none, so asking is cheap. Thread-safe.
 */
public final class SqlFilesCheck implements HealthCheck {

  private final Jdbi jdbi;
  private final SqlFiles files;

  public SqlFilesCheck(Jdbi jdbi, SqlFiles files) {
    this.jdbi = jdbi;
    this.files = files;
  }

  @Override
  public String name() {
    return "snapshot-queries";
  }

  @Override
  public void check() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
  }

  /** What is wrong with each file that does not fit, all of it; empty where nothing is. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    jdbi.useHandle(handle -> files.all().forEach(file -> describe(handle, file, problems)));
    return problems;
  }

  /** Hands over each file's name, and how to ask what is wrong with it; nothing where it fits. */
  public void each(BiConsumer<String, Supplier<List<String>>> consumer) {
    for (SqlFile file : files.all()) {
      consumer.accept(
          file.toString(),
          () -> {
            List<String> problems = new ArrayList<>();
            jdbi.useHandle(handle -> describe(handle, file, problems));
            return problems;
          });
    }
  }

  private static void describe(Handle handle, SqlFile file, List<String> problems) {
    ParsedSql parsed = file.sql().parsed();
    List<String> unknown =
        parsed.getParameters().getParameterNames().stream()
            .filter(name -> !QueryRunner.PARAMETERS.contains(name))
            .distinct()
            .toList();
    if (!unknown.isEmpty() || parsed.getParameters().isPositional()) {
      problems.add(
          file
              + ": the parameters are "
              + QueryRunner.PARAMETERS
              + ", not "
              + (unknown.isEmpty() ? "?" : unknown));
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(parsed.getSql())) {
      QueryRunner.misfits(file, statement.getMetaData())
          .forEach(misfit -> problems.add(file + ": " + misfit));
    } catch (SQLException refused) {
      problems.add(file + ": " + String.valueOf(refused.getMessage()).replaceAll("\\s+", " "));
    }
  }
}
