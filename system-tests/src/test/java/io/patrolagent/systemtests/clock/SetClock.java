package io.patrolagent.systemtests.clock;

import io.patrolagent.systemtests.sabotage.AgentJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** The clock of the processes that are started with its option. */
public final class SetClock {

  private final Path file;

  /** Shows what this JVM's clock shows, until it is set. */
  public SetClock(Path directory) throws IOException {
    file = directory.resolve("clock-is-ahead-by");
    set(Instant.now());
  }

  /** The JVM's option. */
  public String option() {
    return "-javaagent:" + AgentJar.of(ClockAgent.class) + "=" + file;
  }

  /** Shows that time from now on, some milliseconds later, and goes on from there. */
  public void set(Instant time) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, Long.toString(Duration.between(Instant.now(), time).toMillis()));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
