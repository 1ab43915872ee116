package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What the tests measured, a line of {@code target/faults.csv} each. */
final class Figures {

  private static final Path FILE = Path.of("target", "faults.csv");

  private Figures() {}

  /** That a fault was recovered from: its name, milliseconds, patrols, model calls repeated. */
  static synchronized void record(String fault, Duration recovery, Pipeline pipeline)
      throws IOException {
    String line =
        "%s,%d,%d,%d%n"
            .formatted(
                fault, recovery.toMillis(), pipeline.patrols().size(), pipeline.repeatedCalls());
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
