package io.patrolagent.common.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration: the variable, what it was set to, the rule that
 * it breaks, and an example that keeps the rule. A secret's value is never in it.
 */
public record Problem(
    String variable, Optional<String> value, String rule, Optional<String> example) {

  static Problem of(
      String variable, @Nullable String value, String rule, @Nullable String example) {
    return new Problem(
        variable,
        Optional.ofNullable(value).map(SecretMask::mask),
        rule,
        Optional.ofNullable(example));
  }

  /** {@code PATROL_HTTP_PORT=99999: must be …, for example PATROL_HTTP_PORT=8080}. */
  @Override
  public String toString() {
    return variable
        + value.map(v -> "=" + v).orElse("")
        + ": "
        + rule
        + example.map(e -> ", for example " + variable + "=" + e).orElse("");
  }
}
