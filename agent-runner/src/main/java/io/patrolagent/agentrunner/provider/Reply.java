package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;

/** What came over the wire: status, headers and body. */
record Reply(int status, HttpHeaders headers, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The body read as JSON; a missing node where it is none. */
  JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
