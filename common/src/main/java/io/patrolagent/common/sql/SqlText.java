package io.patrolagent.common.sql;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;

/**
 * One {@code .sql} file: its text, and the operator's directory where it is not the shipped one.
 */
public record SqlText(String name, String text, Optional<Path> directory) {

  /** Whether it is the operator's. */
  public boolean replaced() {
    return directory.isPresent();
  }

  /** With the driver's placeholders in place of the named parameters. */
  public ParsedSql parsed() {
    return new ColonPrefixSqlParser().parse(text, null);
  }

  /** The names of the parameters that it uses, each as often as it does. */
  public List<String> parameters() {
    return parsed().getParameters().getParameterNames();
  }

  /** For messages: {@code cluster_counts.sql (as shipped)}. */
  @Override
  public String toString() {
    return name + directory.map(path -> " (in " + path + ")").orElse(" (as shipped)");
  }
}
