package io.patrolagent.reportsink.coverage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.event.EventCodec;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads cluster ids out of what tools were asked and answered. An answer may have been cut in its
 * middle, and may be JSON within a JSON text, so it is searched and not parsed.
 */
final class ClusterIds {

  private static final String NAME = "cluster_id";

  /** A value of that name; a text that is cut before its end has none. */
  private static final Pattern VALUE =
      Pattern.compile(
          "\\bcluster_id\\\\{0,3}+\"\\s{0,8}+:\\s{0,8}+\\\\{0,3}+\"([^\"\\\\]{1,200}+)\\\\{0,3}+\"");

  /** Stands where the middle of an answer was cut out, perhaps out of an id. */
  private static final Pattern CUT = Pattern.compile("…\\[[\\d,]+ characters cut");

  private static final Pattern ERROR = Pattern.compile("\\s*+\\{\\s*+\"error\"\\s*+:\\s*+\"");

  private ClusterIds() {}

  /** The cluster that a tool was asked about; null where it was asked about none or several. */
  static @Nullable String asked(@Nullable String arguments) {
    if (arguments == null) {
      return null;
    }
    try {
      JsonNode id = EventCodec.mapper().readTree(arguments).path(NAME);
      return id.isTextual() && !id.textValue().isBlank() ? id.textValue().strip() : null;
    } catch (JsonProcessingException notJson) {
      Matcher value = VALUE.matcher(arguments);
      return value.find() ? value.group(1).strip() : null;
    }
  }

  /** The clusters that an answer names. */
  static Set<String> in(@Nullable String answer) {
    Set<String> ids = new LinkedHashSet<>();
    Matcher value = VALUE.matcher(answer == null ? "" : answer);
    while (value.find()) {
      String id = value.group(1);
      if (!id.isBlank() && !CUT.matcher(id).find()) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Whether a tool said that it failed, and nothing else. */
  static boolean isError(@Nullable String answer) {
    return answer == null || ERROR.matcher(answer).lookingAt();
  }
}
