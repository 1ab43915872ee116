package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An example as its reader starts it: a process with an environment, whose output is kept. */
final class ExampleProcess implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final Process process;
  private final Path out;
  private final Path err;

  private ExampleProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ExampleProcess start(Path directory, Map<String, String> environment, String... command)
      throws IOException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new ExampleProcess(builder.start(), out, err);
  }

  /** Whether the command is there and ends well; nothing is asserted. */
  static boolean works(Path directory, String... command) throws Exception {
    try (ExampleProcess process = start(directory, Map.of(), command)) {
      return process.process.waitFor(1, TimeUnit.MINUTES) && process.process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Waits for its end, for which it has three minutes. */
  int exitStatus() throws Exception {
    assertThat(process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
        .as("it ends: " + err())
        .isTrue();
    return process.exitValue();
  }

  /** The lines that it printed, once it has ended well. */
  List<String> lines() throws Exception {
    assertThat(exitStatus()).as(err()).isZero();
    return out().lines().toList();
  }

  void awaitOut(String text) {
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(out()).as(err()).contains(text));
  }

  void awaitErr(String text) {
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(err()).contains(text));
  }

  String out() throws IOException {
    return Files.readString(out, UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, UTF_8);
  }

  /** Asks it to end, as a service manager does. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
