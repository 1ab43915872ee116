package io.patrolagent.common.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A variable {@code PATROL_KAFKA_SASL_MECHANISM} as the property {@code sasl.mechanism} that it
 * sets.
 */
record KafkaVariable(String variable, String property, boolean file) {

  static final String PREFIX = "PATROL_KAFKA_";

  /** {@code …_FILE} means a file unless a property is really called so, as OAuth's are. */
  static KafkaVariable of(String variable) {
    String property = property(variable);
    if (!KafkaProperty.known(property) && variable.endsWith(SecretSource.FILE)) {
      String bare = variable.substring(0, variable.length() - SecretSource.FILE.length());
      if (KafkaProperty.known(property(bare))) {
        return new KafkaVariable(bare, property(bare), true);
      }
    }
    return new KafkaVariable(variable, property, false);
  }

  /** What is wrong with setting it at all, or with the value. */
  Optional<Problem> problem(String value) {
    String name = file ? variable + SecretSource.FILE : variable;
    if (!KafkaProperty.known(property)) {
      return Optional.of(
          Problem.of(
              name, null, "no Kafka client knows a property " + property + suggestion(name), null));
    }
    Optional<String> owned = KafkaProperty.owned(property);
    if (owned.isPresent()) {
      return Optional.of(
          Problem.of(name, null, "cannot be set: " + property + " " + owned.get(), null));
    }
    if (file) {
      return KafkaProperty.secret(property)
          ? Optional.empty()
          : Optional.of(Problem.of(name, null, property + " is no secret; set " + variable, null));
    }
    return KafkaProperty.objection(property, value)
        .map(objection -> Problem.of(name, value, objection, null));
  }

  private static String suggestion(String name) {
    List<String> variables =
        KafkaProperty.names().stream()
            .map(property -> PREFIX + property.toUpperCase(Locale.ROOT).replace('.', '_'))
            .toList();
    return Suggestion.nearest(name, variables)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }

  private static String property(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
