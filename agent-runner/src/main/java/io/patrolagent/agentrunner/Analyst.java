package io.patrolagent.agentrunner;

import dev.langchain4j.model.chat.ChatModel;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;

/** A chat model, with the names that the report's usage gives its provider and itself. */
record Analyst(String provider, String modelName, ChatModel model) {

  /** The analyst that needs no provider. */
  static Analyst offline() {
    return new Analyst(OfflineAnalyst.PROVIDER, OfflineAnalyst.MODEL, new OfflineAnalyst());
  }
}
