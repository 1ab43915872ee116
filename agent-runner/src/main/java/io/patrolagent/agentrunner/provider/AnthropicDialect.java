package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages. Instructions, tools and the conversation so far are marked for its cache:
 * each round of a patrol sends all of the round before, and reading it costs a tenth.
 */
record AnthropicDialect(ProviderSettings.Access access, ProviderSettings.Sampling sampling)
    implements Dialect {

  static final String PROVIDER = "anthropic";
  static final String BASE_URL = "https://api.anthropic.com/v1";

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
    return AnthropicChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(access.baseUrl().toString())
        .apiKey(access.key().value())
        .modelName(access.model())
        .maxTokens(sampling.maxOutputTokens())
        .temperature(sampling.temperature())
        .cacheSystemMessages(true)
        .cacheTools(true)
        .returnThinking(true)
        .sendThinking(true)
        .maxRetries(0)
        .build();
  }

  @Override
  public ChatRequest prepare(ChatRequest request) {
    return PortableMessages.markedForCaching(request);
  }

  @Override
  public @Nullable FinishReason finishReason(JsonNode body, @Nullable FinishReason read) {
    return switch (body.path("stop_reason").asText("")) {
      case "refusal" -> FinishReason.CONTENT_FILTER;
      case "model_context_window_exceeded" -> FinishReason.LENGTH;
      default -> read;
    };
  }
}
