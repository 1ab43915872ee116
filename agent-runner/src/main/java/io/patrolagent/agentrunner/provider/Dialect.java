package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import org.jspecify.annotations.Nullable;

/** What is particular to one provider's protocol. Thread-safe. */
interface Dialect {

  /** As the configuration names the provider. */
  String provider();

  /** The model that is asked for. */
  String model();

  /** langchain4j's client over that HTTP client, with no retries of its own. */
  ChatModel over(HttpClientBuilder http);

  /** The request as this provider takes it; usually as it is. */
  default ChatRequest prepare(ChatRequest request) {
    return request;
  }

  /** Why the answer ended, where langchain4j's reading of it loses something. */
  default @Nullable FinishReason finishReason(JsonNode body, @Nullable FinishReason read) {
    return read;
  }
}
