package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.sql.SqlDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The six queries as they are used: an operator's file goes before the shipped one of the same
 * name.
 *
 * <p>Read once, so that every snapshot of a process comes from the same text however the directory
 * changes meanwhile. Immutable.
 */
public final class SqlFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SqlFiles.class);

  private final Map<SnapshotQuery, SqlFile> files;

  private SqlFiles(Map<SnapshotQuery, SqlFile> files) {
    this.files = files;
  }

  /** All as shipped. */
  public static SqlFiles shipped() {
    return load(Optional.empty());
  }

  /**
   * Those of the directory before those that are shipped.
   *
   * @throws java.io.UncheckedIOException if the directory or a file in it cannot be read as UTF-8
   */
  public static SqlFiles load(Optional<Path> directory) {
    SqlDirectory sources = SqlDirectory.of(directory);
    Map<SnapshotQuery, SqlFile> files = new EnumMap<>(SnapshotQuery.class);
    for (SnapshotQuery query : SnapshotQuery.values()) {
      files.put(query, new SqlFile(query, sources.read(SqlFiles.class, query.file())));
    }
    List<SqlFile> replaced = files.values().stream().filter(SqlFile::replaced).toList();
    if (!replaced.isEmpty()) {
      LOG.info("Replaced: {}", replaced);
    }
    return new SqlFiles(files);
  }

  /**
   * What the shipped files among them read, each {@code schema.table(column, …)}, a table once. A
   * replaced file reads what it likes.
   */
  public List<String> requiredTables() {
    return files.values().stream()
        .filter(file -> !file.replaced())
        .flatMap(file -> file.query().shippedReads().stream())
        .collect(
            Collectors.groupingBy(
                SqlFiles::table,
                TreeMap::new,
                Collectors.flatMapping(SqlFiles::columns, Collectors.toCollection(TreeSet::new))))
        .entrySet()
        .stream()
        .map(table -> table.getKey() + "(" + String.join(", ", table.getValue()) + ")")
        .toList();
  }

  SqlFile get(SnapshotQuery query) {
    return Objects.requireNonNull(files.get(query));
  }

  List<SqlFile> all() {
    return List.copyOf(files.values());
  }

  private static String table(String read) {
    return read.substring(0, read.indexOf('('));
  }

  private static Stream<String> columns(String read) {
    return Arrays.stream(read.substring(read.indexOf('(') + 1, read.indexOf(')')).split(", ", -1));
  }
}
