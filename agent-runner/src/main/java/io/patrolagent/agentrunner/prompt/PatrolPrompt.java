package io.patrolagent.agentrunner.prompt;

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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(PatrolPrompt.class);
  private static final String COMMON = "patrol.md";
  private static final String SUFFIX = ".md";
  private static final String REPORT_TYPE = "{{report_type}}";
  private static final String SECTIONS = "{{sections}}";

  private final Map<ReportType, SystemMessage> systems = new EnumMap<>(ReportType.class);
  private final Map<ReportType, String> versions = new EnumMap<>(ReportType.class);

  private PatrolPrompt(PromptFile common, Map<ReportType, PromptFile> byType) {
    for (String place : List.of(REPORT_TYPE, SECTIONS)) {
      if (!common.text().contains(place)) {
        throw new IllegalArgumentException(
            "prompt " + COMMON + " must say where " + place + " goes");
      }
    }
    byType.forEach(
        (type, file) -> {
          systems.put(type, SystemMessage.from(text(common, file)));
          versions.put(type, common.label() + ", " + file.label());
        });
  }

  private static String text(PromptFile common, PromptFile ofType) {
    return common
        .text()
        .replace(REPORT_TYPE, ofType.text())
        .replace(SECTIONS, SectionFormat.all())
        .strip();
  }

  /** The prompts that are shipped. */
  public static PatrolPrompt shipped() {
    return load(Optional.empty());
  }

  /**
   * The prompts of the directory, the shipped ones in place of those that it does not have: {@code
   * patrol.md} for what all reports have in common, and one for each report type. A {@code .md}
   * file there that is none of them is logged as a warning: it may be a misspelt one.
   *
   * @throws IllegalArgumentException if a file is empty or has no place for what goes into it
   * @throws UncheckedIOException if the directory or a file in it cannot be read as UTF-8
   */
  public static PatrolPrompt load(Optional<Path> directory) {
    Map<ReportType, PromptFile> byType = new EnumMap<>(ReportType.class);
    for (ReportType type : ReportType.values()) {
      byType.put(type, PromptFile.load(file(type), directory));
    }
    PatrolPrompt prompt = new PatrolPrompt(PromptFile.load(COMMON, directory), byType);
    directory.ifPresent(
        path -> {
          List<String> unknown = unknownIn(path);
          if (!unknown.isEmpty()) {
            LOG.warn("{} holds {}, which no report reads", path, String.join(", ", unknown));
          }
          LOG.info("Prompts: {}", prompt.versions.values());
        });
    return prompt;
  }

  /** Which files, of which version, a report of that type is asked for with. */
  public String version(ReportType type) {
    return Objects.requireNonNull(versions.get(type));
  }

  /** The system message and the user message. */
  public List<ChatMessage> open(PatrolRequest request, FleetSnapshot snapshot) {
    return List.of(
        Objects.requireNonNull(systems.get(request.reportType())), user(request, snapshot));
  }

  private static String file(ReportType type) {
    return type.name().toLowerCase(Locale.ROOT) + SUFFIX;
  }

  private static List<String> unknownIn(Path directory) {
    Set<String> known =
        Stream.concat(Stream.of(COMMON), Arrays.stream(ReportType.values()).map(PatrolPrompt::file))
            .collect(Collectors.toSet());
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !known.contains(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be listed", e);
    }
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
