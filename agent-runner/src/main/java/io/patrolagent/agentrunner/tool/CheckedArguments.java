package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call against what the tool takes; a refusal names argument, rule and value.
 */
final class CheckedArguments {

  private final ObjectNode json;

  private CheckedArguments(ObjectNode json) {
    this.json = json;
  }

  /**
   * Those that the tool knows, and no others.
   *
   * @throws ToolRefusal naming the ones that it does not know
   */
  static CheckedArguments of(ToolArguments arguments, String... known) throws ToolRefusal {
    List<String> unknown =
        arguments.json().properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !Arrays.asList(known).contains(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw new ToolRefusal(
          "unknown argument "
              + String.join(", ", unknown)
              + "; the arguments are "
              + String.join(", ", known));
    }
    return new CheckedArguments(arguments.json());
  }

  String requiredText(String name, int longest) throws ToolRefusal {
    return text(name, longest)
        .orElseThrow(() -> new ToolRefusal(name + " is missing; it must be a text"));
  }

  /** Empty where it is not there, null or blank. */
  Optional<String> text(String name, int longest) throws ToolRefusal {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new ToolRefusal(name + " must be a text, not " + value);
    }
    String text = value.asText();
    if (text.length() > longest) {
      throw new ToolRefusal(
          "%s must have at most %d characters, not %d".formatted(name, longest, text.length()));
    }
    if (text.indexOf('\0') >= 0) {
      throw new ToolRefusal(name + " must not hold the character U+0000");
    }
    return Optional.of(text).filter(given -> !given.isBlank());
  }

  /** A whole number within bounds; one in quotes is taken too, since models write them. */
  int integer(String name, int least, int most, int otherwise) throws ToolRefusal {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    try {
      int number = new BigDecimal(value.asText().strip()).intValueExact();
      if (number >= least && number <= most) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException notOne) {
      // said below, as for one that is out of bounds
    }
    throw new ToolRefusal(
        "%s must be a whole number from %d to %d, not %s".formatted(name, least, most, value));
  }

  /** One of the values, whatever its case. */
  Optional<String> choice(String name, List<String> values) throws ToolRefusal {
    Optional<String> given = text(name, 100).map(text -> text.strip().toUpperCase(Locale.ROOT));
    if (given.isPresent() && !values.contains(given.get())) {
      throw new ToolRefusal(
          name + " must be one of " + String.join(", ", values) + ", not " + json.get(name));
    }
    return given;
  }
}
