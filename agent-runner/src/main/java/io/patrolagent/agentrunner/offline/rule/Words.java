package io.patrolagent.agentrunner.offline.rule;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Codes and metric names taken apart, so that rules fit an operator's own names as well. */
public final class Words {

  private Words() {}

  /** {@code DISK, FILLING} of {@code DISK_FILLING}; whatever is not a letter or digit separates. */
  public static List<String> of(@Nullable String code) {
    return code == null ? List.of() : List.of(code.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+"));
  }

  static boolean anyOf(@Nullable String code, Collection<String> words) {
    return of(code).stream().anyMatch(words::contains);
  }
}
