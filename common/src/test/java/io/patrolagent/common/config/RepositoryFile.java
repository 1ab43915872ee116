package io.patrolagent.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file at the repository's root, as the tests of this module find it. */
record RepositoryFile(Path path, String text) {

  static RepositoryFile read(String name) throws IOException {
    Path path = Path.of("..").resolve(name);
    return new RepositoryFile(path, Files.readString(path));
  }
}
