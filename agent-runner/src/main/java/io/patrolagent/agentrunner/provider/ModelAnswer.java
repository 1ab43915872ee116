package io.patrolagent.agentrunner.provider;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one model call came to: the message, who gave it, what it took, and who failed before.
 * {@code finishReason} is null where the provider says none, and {@code LENGTH} where the answer
 * was cut; {@code model} is the model as the provider names it. {@code usage} and {@code
 * durationMs} include attempts and providers that failed but were billed.
 */
public record ModelAnswer(
    AiMessage message,
    @Nullable FinishReason finishReason,
    String provider,
    String model,
    ModelUsage usage,
    List<ProviderFailure> failures,
    long durationMs) {

  public ModelAnswer {
    failures = List.copyOf(failures);
  }
}
