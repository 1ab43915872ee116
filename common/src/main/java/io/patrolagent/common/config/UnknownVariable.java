package io.patrolagent.common.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds variables that look like ours and are none: a misspelt setting would otherwise be a default
 * that nobody asked for. Their value is not repeated, since it may be a misspelt secret's.
 */
final class UnknownVariable {

  private static final Set<String> KNOWN =
      Arrays.stream(Setting.values())
          .filter(setting -> setting != Setting.KAFKA_PROPERTIES)
          .flatMap(
              setting ->
                  setting.secret()
                      ? Stream.of(setting.variable(), setting.variable() + SecretSource.FILE)
                      : Stream.of(setting.variable()))
          .collect(Collectors.toUnmodifiableSet());

  private UnknownVariable() {}

  static Optional<Problem> problem(String variable, String value) {
    if (!variable.startsWith(Env.PREFIX) || KNOWN.contains(variable)) {
      return Optional.empty();
    }
    if (variable.startsWith(KafkaVariable.PREFIX)) {
      return KafkaVariable.of(variable).problem(value);
    }
    return Optional.of(
        Problem.of(
            variable,
            null,
            Suggestion.nearest(variable, ours())
                .map(name -> "is not a setting; did you mean " + name + "?")
                .orElse("is not a setting; --help lists those there are"),
            null));
  }

  private static List<String> ours() {
    return KNOWN.stream().filter(name -> name.startsWith(Env.PREFIX)).toList();
  }
}
