package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The arguments of a call as the model wrote them, a JSON object. Immutable by convention. */
public record ToolArguments(ObjectNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what the model wrote; nothing at all counts as no arguments.
   *
   * @throws ToolRefusal if it is not one JSON object
   */
  public static ToolArguments parse(String text) throws ToolRefusal {
    if (text == null || text.isBlank()) {
      return new ToolArguments(JSON.createObjectNode());
    }
    try {
      JsonNode read = JSON.readTree(text);
      if (read instanceof ObjectNode object) {
        return new ToolArguments(object);
      }
      throw new ToolRefusal("the arguments must be one JSON object, not " + read.getNodeType());
    } catch (JsonProcessingException e) {
      throw new ToolRefusal(
          "the arguments are not valid JSON ("
              + e.getOriginalMessage()
              + "): send them again whole");
    }
  }
}
