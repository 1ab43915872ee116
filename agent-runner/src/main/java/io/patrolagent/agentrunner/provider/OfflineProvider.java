package io.patrolagent.agentrunner.provider;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import java.time.Clock;
import java.time.Instant;

/**
 * The analyst that is rules, as the last resort. It asks nobody, so that neither retries nor the
 * deadline are for it: what it does takes no time, and a patrol that ran out of it has a report.
 */
record OfflineProvider(ChatModel analyst, Clock clock) implements Provider {

  @Override
  public String name() {
    return OfflineAnalyst.PROVIDER;
  }

  @Override
  public String model() {
    return OfflineAnalyst.MODEL;
  }

  @Override
  public Outcome.Answered ask(ChatRequest request, Instant deadline)
      throws ProviderFailedException {
    try {
      ChatResponse response = analyst.chat(request);
      return new Outcome.Answered(
          PortableMessages.signedBy(name(), response.aiMessage()),
          response.finishReason(),
          model(),
          ModelUsage.NONE);
    } catch (LangChain4jException refused) {
      Outcome.Failed failed =
          new Outcome.Failed(Reason.INVALID_REQUEST, String.valueOf(refused.getMessage()));
      throw new ProviderFailedException(
          new ProviderFailure(
              name(),
              model(),
              failed.reason().word(),
              FailureMessage.of(failed),
              1,
              clock.instant()),
          ModelUsage.NONE);
    }
  }
}
