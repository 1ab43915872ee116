package io.patrolagent.agentrunner.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.patrolagent.common.config.SecretMask;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that open a patrol's conversation. The same request and snapshot give the same
 * messages, so that a run that is resumed can tell whether its prompt has changed; secrets in them
 * are masked. Immutable.
 */
public final class PatrolPrompt {

  /** The fence that holds what was asked for: {@code report_type}, {@code scope}, {@code focus}. */
  public static final String REQUEST = "patrol_request";

  /** The fence that holds the {@link FleetSnapshot}. */
  public static final String SNAPSHOT = "fleet_snapshot";

  private static final String FILE = "patrol.md";
  private static final String SECTIONS = "{{sections}}";

  private final SystemMessage system;

  private PatrolPrompt(String template) {
    if (!template.contains(SECTIONS)) {
      throw new IllegalArgumentException(
          "prompt " + FILE + " must say where the report's sections go: " + SECTIONS);
    }
    this.system = SystemMessage.from(template.replace(SECTIONS, SectionFormat.all()).strip());
  }

  /** The prompt that is shipped. */
  public static PatrolPrompt shipped() {
    String resource = "/io/patrolagent/agentrunner/prompts/" + FILE;
    try (InputStream in = PatrolPrompt.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing from the jar");
      }
      return new PatrolPrompt(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + resource + " cannot be read", e);
    }
  }

  /** The system message and the user message. */
  public List<ChatMessage> open(PatrolRequest request, FleetSnapshot snapshot) {
    return List.of(system, user(request, snapshot));
  }

  private static UserMessage user(PatrolRequest request, FleetSnapshot snapshot) {
    Asked asked = new Asked(request.reportType(), request.scope(), request.focus());
    return UserMessage.from(
        "Make the patrol that is asked for here:\n\n"
            + DataFence.wrap(REQUEST, SecretMask.mask(json(asked)))
            + "\n\nThe snapshot of its scope:\n\n"
            + DataFence.wrap(SNAPSHOT, SecretMask.mask(json(snapshot))));
  }

  private static String json(Object value) {
    try {
      return EventCodec.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          value.getClass().getSimpleName() + " cannot be written as JSON", e);
    }
  }

  /** What of a request bears on the report; who asked, and until when, does not. */
  public record Asked(ReportType reportType, Scope scope, @Nullable String focus) {}
}
