package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Instant;

/** One of the providers, with everything that it does before it counts as failed. */
interface Provider {

  /** As the configuration names it. */
  String name();

  /** The model that is asked for. */
  String model();

  /**
   * One answer; its usage includes the attempts that failed before it.
   *
   * @throws ProviderFailedException if it failed for good
   */
  Outcome.Answered ask(ChatRequest request, Instant deadline)
      throws ProviderFailedException, InterruptedException;
}
