package io.patrolagent.agentrunner.provider;

import java.math.BigDecimal;

/**
 * Tokens of a call as the provider counts them, and their price. {@code inputTokens} includes what
 * was read from and written to the provider's cache, whichever way the provider reports it.
 */
public record ModelUsage(
    long inputTokens,
    long cachedInputTokens,
    long cacheWriteTokens,
    long outputTokens,
    BigDecimal costUsd) {

  public static final ModelUsage NONE = new ModelUsage(0, 0, 0, 0, BigDecimal.ZERO);

  public ModelUsage plus(ModelUsage other) {
    return new ModelUsage(
        inputTokens + other.inputTokens,
        cachedInputTokens + other.cachedInputTokens,
        cacheWriteTokens + other.cacheWriteTokens,
        outputTokens + other.outputTokens,
        costUsd.add(other.costUsd));
  }

  /** Input and output together: what a limit on tokens counts. */
  public long tokens() {
    return inputTokens + outputTokens;
  }
}
