package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;

/** One try at a model call. */
@FunctionalInterface
interface Attempt {

  /** Comes to an outcome within the timeout, whatever the other side does. */
  Outcome run(ChatRequest request, Duration timeout) throws InterruptedException;
}
