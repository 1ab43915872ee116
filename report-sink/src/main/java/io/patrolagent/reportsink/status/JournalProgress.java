package io.patrolagent.reportsink.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a journal entry what tells progress, and that it is no {@code started} entry as soon as
 * it says so: the journal is the agent-runner's, its other fields may change and are megabytes of
 * content.
 */
final class JournalProgress {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String STARTED = "started";

  private @Nullable String type;
  private int round;
  private int maxRounds;
  private final List<String> tools = new ArrayList<>();
  private @Nullable String runBy;
  private @Nullable Instant at;

  private JournalProgress() {}

  /**
   * The step that the entry says was begun, empty for any other entry.
   *
   * @param recordTime stands in for a time that the entry does not tell
   * @throws IOException if it is no JSON object or a field has another type
   */
  static Optional<RoundFacts> read(byte[] entry, Instant recordTime) throws IOException {
    return new JournalProgress().parse(entry, recordTime);
  }

  private Optional<RoundFacts> parse(byte[] entry, Instant recordTime) throws IOException {
    try (JsonParser json = JSON.createParser(entry)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a journal entry must be a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        read(field, json);
        if (type != null && !type.equals(STARTED)) {
          return Optional.empty();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("a journal entry ends too early");
      }
    }
    if (type == null || round < 1) {
      throw new IOException("a journal entry has no " + (type == null ? "type" : "round"));
    }
    return Optional.of(
        new RoundFacts(round, maxRounds, tools, runBy, at == null ? recordTime : at));
  }

  private void read(String field, JsonParser json) throws IOException {
    switch (field) {
      case "type" -> type = text(json);
      case "round" -> round = json.getIntValue();
      case "max_rounds" -> maxRounds = json.hasToken(JsonToken.VALUE_NULL) ? 0 : json.getIntValue();
      case "run_by" -> runBy = text(json);
      case "at" -> at = instant(text(json));
      case "tools" -> readTools(json);
      default -> json.skipChildren();
    }
  }

  private void readTools(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String tool = text(json);
      if (tool != null) {
        tools.add(tool);
      }
      if (json.currentToken() == null) {
        throw new IOException("a journal entry ends too early");
      }
    }
  }

  /** The text, or null where there is another value. */
  private static @Nullable String text(JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_STRING)) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
