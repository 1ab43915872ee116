package io.patrolagent.agentrunner.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.PatrolId;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries as JSON: snake_case, with {@code schema_version} and {@code patrol_id}. */
public final class JournalCodec {

  private static final Logger LOG = LoggerFactory.getLogger(JournalCodec.class);
  private static final ObjectMapper JSON = EventCodec.mapper();
  private static final int SCHEMA_VERSION = 1;

  private JournalCodec() {}

  public static String encode(PatrolId patrol, JournalEntry entry) {
    ObjectNode json = JSON.createObjectNode();
    json.put("schema_version", SCHEMA_VERSION);
    json.put("patrol_id", patrol.toString());
    try {
      // written as the interface, so that the entry says which type it is
      String typed = JSON.writerFor(JournalEntry.class).writeValueAsString(entry);
      json.setAll((ObjectNode) JSON.readTree(typed));
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("journal entry of " + patrol + " cannot be written", e);
    }
  }

  /** The entry, or empty, with a warning in the log, if nobody can read it. */
  public static Optional<JournalEntry> decode(String text) {
    try {
      JournalEntry entry = JSON.readValue(text, JournalEntry.class);
      if (entry == null) {
        return unreadable("it is null");
      }
      return entry instanceof ModelDone answer && !holdsAnswer(answer)
          ? unreadable("its message is no model's")
          : Optional.of(entry);
    } catch (JsonProcessingException e) {
      return unreadable(e.getOriginalMessage());
    }
  }

  private static Optional<JournalEntry> unreadable(String reason) {
    LOG.warn("A journal entry cannot be read and counts as not written: {}", reason);
    return Optional.empty();
  }

  /** Another version of langchain4j may have written it. */
  private static boolean holdsAnswer(ModelDone answer) {
    try {
      return ChatMessageDeserializer.messageFromJson(answer.message()) instanceof AiMessage;
    } catch (RuntimeException e) {
      LOG.debug("the message of step {} cannot be read", answer.step(), e);
      return false;
    }
  }
}
