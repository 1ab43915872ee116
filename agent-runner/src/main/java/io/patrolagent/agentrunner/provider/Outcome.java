package io.patrolagent.agentrunner.provider;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one attempt at a call came to. */
sealed interface Outcome {

  /** What it took, as far as the provider said; an attempt that failed may be billed as well. */
  ModelUsage usage();

  /** An answer that holds text, tool calls or both; {@code model} as the provider calls it. */
  record Answered(
      AiMessage message, @Nullable FinishReason finishReason, String model, ModelUsage usage)
      implements Outcome {}

  /** No answer, or none of use; {@code retryAfter} where the provider said when to come back. */
  record Failed(Reason reason, String message, Optional<Duration> retryAfter, ModelUsage usage)
      implements Outcome {

    Failed(Reason reason, String message) {
      this(reason, message, Optional.empty(), ModelUsage.NONE);
    }

    Failed costing(ModelUsage spent) {
      return new Failed(reason, message, retryAfter, spent);
    }
  }
}
