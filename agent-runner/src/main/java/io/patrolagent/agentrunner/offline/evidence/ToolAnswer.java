package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patrolagent.agentrunner.prompt.DataFence;
import java.util.Optional;

/** A call and what came of it; {@code json} is an object where it was answered, else missing. */
public record ToolAnswer(ToolCall call, Outcome outcome, JsonNode json) {

  /** How a call ended. */
  public enum Outcome {
    ANSWERED,
    /** The tool said that it failed, or refused the call. */
    FAILED,
    /** The answer was cut, or is not what a tool answers. */
    UNREADABLE,
    /** There is no answer to the call. */
    MISSING
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static ToolAnswer missing(ToolCall call) {
    return new ToolAnswer(call, Outcome.MISSING, MissingNode.getInstance());
  }

  /** Reads the text of a tool's result, which is one JSON object within a fence of its name. */
  static ToolAnswer read(ToolCall call, String text) {
    JsonNode json = fenced(call.tool(), text).map(ToolAnswer::parse).orElse(missingNode());
    if (!json.isObject()) {
      return new ToolAnswer(call, Outcome.UNREADABLE, missingNode());
    }
    return json.hasNonNull("error")
        ? new ToolAnswer(call, Outcome.FAILED, missingNode())
        : new ToolAnswer(call, Outcome.ANSWERED, json);
  }

  public boolean isAnswered() {
    return outcome == Outcome.ANSWERED;
  }

  private static Optional<String> fenced(String tool, String text) {
    try {
      return DataFence.find(tool, text);
    } catch (IllegalArgumentException noFenceHasThatName) {
      return Optional.empty();
    }
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException cutInTheMiddle) {
      return missingNode();
    }
  }

  private static JsonNode missingNode() {
    return MissingNode.getInstance();
  }
}
