package io.patrolagent.agentrunner.offline;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reason code taken apart, so that rules fit an operator's own codes as well. */
final class ReasonCode {

  private ReasonCode() {}

  /** {@code DISK, FILLING} of {@code DISK_FILLING}; whatever is not a letter or digit separates. */
  static List<String> words(@Nullable String code) {
    return code == null ? List.of() : List.of(code.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+"));
  }
}
