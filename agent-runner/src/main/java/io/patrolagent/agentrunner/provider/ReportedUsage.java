package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as each provider reports them, in one form. Anthropic reports cache reads and writes
 * beside the input, OpenAI and Gemini within it; Gemini reports thoughts beside the output, though
 * they are billed as output.
 */
final class ReportedUsage {

  private ReportedUsage() {}

  /** The tokens, not priced yet. */
  static ModelUsage of(TokenUsage reported) {
    long input = count(reported.inputTokenCount());
    long output = count(reported.outputTokenCount());
    if (reported instanceof AnthropicTokenUsage anthropic) {
      long read = count(anthropic.cacheReadInputTokens());
      long written = count(anthropic.cacheCreationInputTokens());
      return tokens(input + read + written, read, written, output);
    }
    if (reported instanceof OpenAiTokenUsage openAi) {
      OpenAiTokenUsage.InputTokensDetails details = openAi.inputTokensDetails();
      return tokens(input, details == null ? 0 : count(details.cachedTokens()), 0, output);
    }
    if (reported instanceof GoogleAiGeminiTokenUsage gemini) {
      long thoughts = count(gemini.thoughtsTokenCount());
      return tokens(input, count(gemini.cachedContentTokenCount()), 0, output + thoughts);
    }
    return tokens(input, 0, 0, output);
  }

  private static ModelUsage tokens(long input, long cached, long written, long output) {
    return new ModelUsage(input, Math.min(cached, input), written, output, BigDecimal.ZERO);
  }

  private static long count(@Nullable Integer reported) {
    return reported == null ? 0 : Math.max(0, reported);
  }
}
