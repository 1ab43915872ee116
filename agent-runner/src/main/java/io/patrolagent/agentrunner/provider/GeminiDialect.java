package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.output.FinishReason;
import org.jspecify.annotations.Nullable;

/** Gemini's generateContent; its newer models want their thoughts' signatures back. */
record GeminiDialect(ProviderSettings.Access access, ProviderSettings.Sampling sampling)
    implements Dialect {

  static final String PROVIDER = "gemini";
  static final String BASE_URL = "https://generativelanguage.googleapis.com/v1beta";

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public String model() {
    return access.model();
  }

  @Override
  public ChatModel over(HttpClientBuilder http) {
    return GoogleAiGeminiChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(access.baseUrl().toString())
        .apiKey(access.key().value())
        .modelName(access.model())
        .maxOutputTokens(sampling.maxOutputTokens())
        .temperature(sampling.temperature())
        .returnThinking(true)
        .sendThinking(true)
        .maxRetries(0)
        .build();
  }

  /** A prompt that is refused has no candidate at all, which langchain4j trips over. */
  @Override
  public @Nullable FinishReason finishReason(JsonNode body, @Nullable FinishReason read) {
    return body.path("promptFeedback").has("blockReason") ? FinishReason.CONTENT_FILTER : read;
  }
}
