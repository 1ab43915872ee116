package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.config.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as the model wrote them, a JSON object. Immutable by convention.
 *
 * <p>What reads them refuses what it cannot use and says argument, rule and value. It is as lenient
 * as there is no doubt about what was meant: a number may be a text, a null is no argument, choices
 * may be written in any case, and one text will do for a list.
 */
public record ToolArguments(ObjectNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");
  private static final int MOST_SHOWN = 60;

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

  /**
   * These, if there are none but of the names given.
   *
   * @throws ToolRefusal for any other, with the name that was probably meant
   */
  ToolArguments only(String... names) throws ToolRefusal {
    List<String> known = List.of(names);
    for (Iterator<String> given = json.fieldNames(); given.hasNext(); ) {
      String name = given.next();
      if (!known.contains(name)) {
        throw new ToolRefusal(
            "there is no argument '"
                + shown(name)
                + "'"
                + Suggestion.nearest(name, known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("")
                + (known.isEmpty()
                    ? "; this tool takes none"
                    : "; the arguments are " + String.join(", ", known)));
      }
    }
    return this;
  }

  /** A text that must be there, of 1 to that many characters without the blanks around it. */
  String text(String name, int longest) throws ToolRefusal {
    return optionalText(name, longest)
        .orElseThrow(() -> new ToolRefusal(name + " is missing: it must be a text"));
  }

  Optional<String> optionalText(String name, int longest) throws ToolRefusal {
    JsonNode value = value(name);
    return value == null ? Optional.empty() : Optional.of(text(name, value, longest));
  }

  /** A whole number between the two, both included. */
  int integer(String name, int least, int most, int standard) throws ToolRefusal {
    JsonNode value = value(name);
    if (value == null) {
      return standard;
    }
    String text = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
    if (value.isNumber() && value.isFloatingPointNumber() && Double.isFinite(value.asDouble())) {
      text = value.decimalValue().toPlainString();
    }
    if (NUMBER.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text).stripTrailingZeros();
      if (number.scale() <= 0
          && number.compareTo(BigDecimal.valueOf(least)) >= 0
          && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return number.intValueExact();
      }
    }
    throw wrong(name, "a whole number from " + least + " to " + most, value);
  }

  /** One of the choices, as that is written. */
  Optional<String> choice(String name, List<String> choices) throws ToolRefusal {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    String text = value.isTextual() ? value.asText().strip() : "";
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(text)) {
        return Optional.of(choice);
      }
    }
    throw wrong(name, "one of " + String.join(", ", choices), value);
  }

  /** Texts of 1 to that many characters, each once; empty where there is no such argument. */
  List<String> texts(String name, int most, int longest) throws ToolRefusal {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value.isTextual()) {
      return List.of(text(name, value, longest));
    }
    if (!value.isArray() || value.size() > most) {
      throw wrong(name, "a list of at most " + most + " texts", value);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      texts.add(text(name, element, longest));
    }
    return texts.stream().distinct().toList();
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static String text(String name, JsonNode value, int longest) throws ToolRefusal {
    String text = value.isTextual() ? value.asText().strip() : "";
    if (text.isEmpty() || text.length() > longest || text.indexOf('\0') >= 0) {
      throw wrong(name, "a text of 1 to " + longest + " characters, none of them U+0000", value);
    }
    return text;
  }

  private static ToolRefusal wrong(String name, String rule, JsonNode value) {
    return new ToolRefusal(name + " must be " + rule + ", not " + shown(value.toString()));
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
