package io.patrolagent.common.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which an operator's {@code .sql} files go before the shipped ones of the same
 * name. It may serve several services: each reads its own files from it.
 *
 * <p>A file that no service has the name of is logged as a warning: it may be a misspelt one that
 * would silently not count. Immutable; the files themselves are read when they are asked for, so
 * that whoever needs the same text for good keeps it.
 */
public final class SqlDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(SqlDirectory.class);
  private static final String SUFFIX = ".sql";

  private final Optional<Path> path;
  private final List<String> unknown;

  private SqlDirectory(Optional<Path> path, List<String> unknown) {
    this.path = path;
    this.unknown = unknown;
  }

  /** Everything as shipped. */
  public static SqlDirectory none() {
    return new SqlDirectory(Optional.empty(), List.of());
  }

  /**
   * The files of that directory before the shipped ones; without one, everything as shipped.
   *
   * @throws UncheckedIOException if it cannot be listed
   */
  public static SqlDirectory of(Optional<Path> path) {
    List<String> unknown = path.map(SqlDirectory::unknownIn).orElse(List.of());
    if (!unknown.isEmpty()) {
      LOG.warn(
          "{} holds {}, which no service reads; they read {}",
          path.get(),
          String.join(", ", unknown),
          String.join(", ", SqlFileNames.ALL));
    }
    return new SqlDirectory(path, unknown);
  }

  /**
   * The operator's file of that name, or the resource of that name beside the class.
   *
   * @throws UncheckedIOException if the file cannot be read as UTF-8
   * @throws IllegalArgumentException if the name is not among {@link SqlFileNames}
   */
  public SqlText read(Class<?> beside, String name) {
    if (!SqlFileNames.ALL.contains(name)) {
      throw new IllegalArgumentException(
          name + " must be added to SqlFileNames, or an operator's would be called unknown");
    }
    Optional<Path> replacement =
        path.map(directory -> directory.resolve(name)).filter(Files::exists);
    return replacement.isPresent()
        ? new SqlText(name, replaced(replacement.get()), path)
        : new SqlText(name, shipped(beside, name), Optional.empty());
  }

  /** The names of all files that can be replaced. */
  public static List<String> names() {
    return SqlFileNames.ALL;
  }

  /** The {@code .sql} files of the directory that no service reads. */
  public List<String> unknown() {
    return unknown;
  }

  private static String replaced(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw new UncheckedIOException(file + " is not UTF-8", notText);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  private static String shipped(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + " cannot be read", unreadable);
    }
  }

  private static List<String> unknownIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !SqlFileNames.ALL.contains(name))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(directory + " cannot be listed", unreadable);
    }
  }
}
