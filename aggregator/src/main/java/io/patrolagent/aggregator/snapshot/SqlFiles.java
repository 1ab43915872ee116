package io.patrolagent.aggregator.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  private static final String SUFFIX = ".sql";

  private final Map<SnapshotQuery, SqlFile> files;
  private final List<String> unknown;

  private SqlFiles(Map<SnapshotQuery, SqlFile> files, List<String> unknown) {
    this.files = files;
    this.unknown = unknown;
  }

  /** All as shipped. */
  public static SqlFiles shipped() {
    return load(Optional.empty());
  }

  /**
   * Those of the directory before those that are shipped. A {@code .sql} file there that no query
   * has the name of is logged as a warning: it may be a misspelt one that would silently not count.
   *
   * @throws UncheckedIOException if the directory or a file in it cannot be read as UTF-8
   */
  public static SqlFiles load(Optional<Path> directory) {
    Map<SnapshotQuery, SqlFile> files = new EnumMap<>(SnapshotQuery.class);
    for (SnapshotQuery query : SnapshotQuery.values()) {
      files.put(query, file(query, directory));
    }
    List<String> unknown = directory.map(SqlFiles::unknownIn).orElse(List.of());
    if (!unknown.isEmpty()) {
      LOG.warn(
          "{} holds {}, which the aggregator does not read; it reads {}",
          directory.get(),
          String.join(", ", unknown),
          String.join(", ", SnapshotQuery.files()));
    }
    List<SqlFile> replaced = files.values().stream().filter(SqlFile::replaced).toList();
    if (!replaced.isEmpty()) {
      LOG.info("Replaced: {}", replaced);
    }
    return new SqlFiles(files, unknown);
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

  /** The {@code .sql} files of the directory that the aggregator does not read. */
  public List<String> unknown() {
    return unknown;
  }

  SqlFile get(SnapshotQuery query) {
    return Objects.requireNonNull(files.get(query));
  }

  List<SqlFile> all() {
    return List.copyOf(files.values());
  }

  private static SqlFile file(SnapshotQuery query, Optional<Path> directory) {
    Optional<Path> replacement =
        directory.map(path -> path.resolve(query.file())).filter(Files::exists);
    return replacement.isPresent()
        ? new SqlFile(query, read(replacement.get()), directory)
        : new SqlFile(query, shipped(query), Optional.empty());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw new UncheckedIOException(file + " is not UTF-8", notText);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  private static String shipped(SnapshotQuery query) {
    try (InputStream in = SqlFiles.class.getResourceAsStream(query.file())) {
      if (in == null) {
        throw new IllegalStateException(query.file() + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(query.file() + " cannot be read", unreadable);
    }
  }

  private static List<String> unknownIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && SnapshotQuery.ofFile(name).isEmpty())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(directory + " cannot be listed", unreadable);
    }
  }

  private static String table(String read) {
    return read.substring(0, read.indexOf('('));
  }

  private static Stream<String> columns(String read) {
    return Arrays.stream(read.substring(read.indexOf('(') + 1, read.indexOf(')')).split(", ", -1));
  }
}
