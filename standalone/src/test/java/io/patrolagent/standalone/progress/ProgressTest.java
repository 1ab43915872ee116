package io.patrolagent.standalone.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void inAPipeEachPhaseIsALineWhenItBeginsAndWhenItIsDone() {
    try (Progress progress = progress(false)) {
      progress.phase("starting Kafka");
      progress.phase("loading");
    }

    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("… starting Kafka"),
            line -> assertThat(line).matches("✓ starting Kafka \\(\\d+\\.\\d s\\)"),
            line -> assertThat(line).isEqualTo("… loading"),
            line -> assertThat(line).matches("✓ loading \\(\\d+\\.\\d s\\)"));
  }

  @Test
  void onATerminalTheLineIsWrittenOver() {
    try (Progress progress = progress(true)) {
      progress.phase("starting Kafka");
    }

    assertThat(out.toString(UTF_8))
        .contains("\r\u001b[2K… starting Kafka", "\r\u001b[2K✓ starting");
  }

  @Test
  void whatWasNotFinishedIsNotCalledDone() {
    try (Progress progress = progress(false)) {
      progress.phase("starting Kafka");
      progress.failed();
    }

    assertThat(out.toString(UTF_8)).contains("✗ starting Kafka").doesNotContain("✓");
  }

  private Progress progress(boolean terminal) {
    return new Progress(new PrintStream(out, true, UTF_8), terminal);
  }

  private String[] lines() {
    return out.toString(UTF_8).split("\\R");
  }
}
