package io.patrolagent.agentrunner.provider;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * What a provider has billed this process, attempts that came to nothing included. The three
 * directions together are all tokens: what was read from the provider's cache is {@code
 * cached_input} and not {@code input}. By the model that is configured, since what providers answer
 * with changes. Thread-safe.
 */
final class SpentMetrics {

  private final Counter input;
  private final Counter cachedInput;
  private final Counter output;
  private final Counter cost;

  SpentMetrics(String provider, String model, MeterRegistry meters) {
    Tags tags = Tags.of("provider", provider, "model", model);
    this.input = meters.counter("patrol.llm.tokens", tags.and("direction", "input"));
    this.cachedInput = meters.counter("patrol.llm.tokens", tags.and("direction", "cached_input"));
    this.output = meters.counter("patrol.llm.tokens", tags.and("direction", "output"));
    this.cost = meters.counter("patrol.llm.cost.usd", tags);
  }

  void add(ModelUsage usage) {
    input.increment((double) Math.max(0, usage.inputTokens() - usage.cachedInputTokens()));
    cachedInput.increment((double) usage.cachedInputTokens());
    output.increment((double) usage.outputTokens());
    cost.increment(usage.costUsd().doubleValue());
  }
}
