package io.patrolagent.systemtests.fault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A class of tests that shares a pipeline as well; each test leaves it going. */
abstract class OnePipelineKit extends FaultKit {

  /** Sets what the services of all tests have in common; they start after it. */
  void configure(Pipeline shared) {}

  /** Once for all tests. */
  @Override
  @BeforeAll
  void openPipeline() throws Exception {
    super.openPipeline();
    configure(pipeline);
    pipeline.startAll();
    pipeline.progresses();
  }

  @Override
  @AfterAll
  void closePipeline() throws Exception {
    super.closePipeline();
  }

  @AfterEach
  void behave() {
    pipeline.model().behave();
    platform.proxy().thaw();
  }
}
