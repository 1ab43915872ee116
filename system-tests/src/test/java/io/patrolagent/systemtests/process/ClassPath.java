package io.patrolagent.systemtests.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How a main class of these tests is run as a process. */
final class ClassPath {

  private ClassPath() {}

  static String java() {
    return program("java");
  }

  /** One that comes with the JDK. */
  static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The tests' own. */
  static String own() {
    return System.getProperty("java.class.path");
  }

  /** What finding programs and temporary files takes. */
  static Map<String, String> environment() {
    Map<String, String> kept = new HashMap<>(System.getenv());
    kept.keySet().retainAll(Set.of("PATH", "TMPDIR", "HOME", "LANG"));
    return kept;
  }
}
