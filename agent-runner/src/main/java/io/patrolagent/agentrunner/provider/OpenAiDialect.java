package io.patrolagent.agentrunner.provider;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.URI;
import java.util.Locale;

/** OpenAI's chat completions, and everything that speaks them. */
record OpenAiDialect(ProviderSettings.Access access, ProviderSettings.Sampling sampling)
    implements Dialect {

  static final String PROVIDER = "openai";
  static final String BASE_URL = "https://api.openai.com/v1";

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
    OpenAiChatModel.OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(access.baseUrl().toString())
            .modelName(access.model())
            .temperature(sampling.temperature())
            .maxRetries(0);
    if (!access.key().isEmpty()) {
      builder.apiKey(access.key().value());
    }
    if (isOpenAi(access.baseUrl())) {
      builder.maxCompletionTokens(sampling.maxOutputTokens());
    } else {
      builder.maxTokens(sampling.maxOutputTokens());
    }
    return builder.build();
  }

  /** Its newer models refuse {@code max_tokens}, which is all that most other servers know. */
  private static boolean isOpenAi(URI baseUrl) {
    String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
    return host.equals("api.openai.com") || host.endsWith(".azure.com");
  }
}
