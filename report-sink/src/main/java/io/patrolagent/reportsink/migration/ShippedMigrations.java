package io.patrolagent.reportsink.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The migrations beside this class, in a directory or a jar, in their order. */
final class ShippedMigrations {

  private static final String FIRST = "V1__patrol_reports.sql";

  private ShippedMigrations() {}

  static List<Migration> all() {
    URL first = ShippedMigrations.class.getResource(FIRST);
    if (first == null) {
      throw new IllegalStateException(FIRST + " is not in the jar");
    }
    try {
      URI uri = first.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          return in(jar.provider().getPath(uri).resolveSibling(""));
        }
      }
      return in(Path.of(uri).resolveSibling(""));
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("the migrations beside " + first + " cannot be read", e);
    }
  }

  private static List<Migration> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("V.*\\.sql"))
          .map(ShippedMigrations::read)
          .sorted(Comparator.comparingInt(Migration::number))
          .toList();
    }
  }

  private static Migration read(Path file) {
    try {
      return Migration.of(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
