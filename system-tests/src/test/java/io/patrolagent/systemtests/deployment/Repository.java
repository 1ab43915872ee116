package io.patrolagent.systemtests.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's files, as the tests of this module find them. */
final class Repository {

  private Repository() {}

  static Path path(String name) {
    return Path.of("..").resolve(name);
  }

  static String text(String name) throws IOException {
    return Files.readString(path(name));
  }

  /** The modules that are services of their own: what an image and a deployment is made of. */
  static SortedSet<String> services() throws IOException {
    try (Stream<Path> modules = Files.list(path("."))) {
      return modules
          .filter(Files::isDirectory)
          .map(module -> module.getFileName().toString())
          .filter(module -> !NO_SERVICES.contains(module))
          .filter(module -> mainOf(module))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static final Set<String> NO_SERVICES = Set.of("standalone");

  private static boolean mainOf(String module) {
    String packageName = module.replace("-", "");
    return Files.exists(
        path(module).resolve("src/main/java/io/patrolagent/" + packageName + "/Main.java"));
  }
}
