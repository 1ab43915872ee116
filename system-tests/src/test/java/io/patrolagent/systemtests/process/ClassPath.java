package io.patrolagent.systemtests.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How a main class of these tests is run as a process. */
final class ClassPath {

  private ClassPath() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
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
