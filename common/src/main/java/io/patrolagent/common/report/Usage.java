package io.patrolagent.common.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What writing a report took. Tokens are as the provider reports them; {@code input_tokens}
 * includes the {@code cached_input_tokens}. {@code duration_ms} is the agent's active time. {@code
 * llm_provider} is {@code offline} for the offline analyst.
 */
public record Usage(
    String llmProvider,
    @Nullable String llmModel,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    BigDecimal costUsd,
    int rounds,
    int toolCalls,
    long durationMs) {

  public Usage {
    if (llmProvider == null) {
      throw new IllegalArgumentException("usage.llm_provider is missing");
    }
    costUsd = costUsd == null ? BigDecimal.ZERO : costUsd;
  }
}
