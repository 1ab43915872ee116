package io.patrolagent.agentrunner.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.TreeMap;

/** A call in a form in which two that ask the same are equal, however their JSON was written. */
record CallKey(String tool, String arguments) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  static CallKey of(String tool, String arguments) {
    try {
      String text = arguments.isBlank() ? "{}" : arguments;
      return new CallKey(tool, JSON.writeValueAsString(JSON.readValue(text, TreeMap.class)));
    } catch (JsonProcessingException e) {
      return new CallKey(tool, arguments);
    }
  }
}
