package io.patrolagent.systemtests.fault;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class of tests that shares a platform; each test has topics, services and a model of its own.
 */
@Tag("faults")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultKit {

  Platform platform;
  Pipeline pipeline;

  /** How the broker differs from its defaults. */
  Map<String, String> brokerOverrides() {
    return Map.of();
  }

  /** What the class's tests share. */
  Platform platform(Path directory) throws Exception {
    return Platform.start(directory, brokerOverrides());
  }

  @BeforeAll
  void startPlatform(@TempDir Path directory) throws Exception {
    platform = platform(directory);
  }

  @AfterAll
  void stopPlatform() throws Exception {
    if (platform != null) { // where a class is skipped there is none
      platform.close();
    }
  }

  @BeforeEach
  void openPipeline() throws Exception {
    pipeline = new Pipeline(platform);
  }

  @AfterEach
  void closePipeline() throws Exception {
    platform.proxy().thaw();
    pipeline.close();
  }
}
