package io.patrolagent.agentrunner.offline.rule;

import java.util.Set;

/** What an observation is about, and the words that reason codes and metrics name it by. */
@SuppressWarnings("ImmutableEnumChecker") // the words are made by Set.of, which is immutable
public enum Subject {
  DISK(Set.of("DISK", "STORAGE", "VOLUME")),
  CERTIFICATE(Set.of("CERTIFICATE", "CERT", "TLS")),
  BACKUP(Set.of("BACKUP", "BACKUPS")),
  CRASH_LOOP(Set.of("CRASH", "CRASHLOOP", "RESTART", "RESTARTS", "OOM")),
  NODES(Set.of("NODE", "NODES", "UNREACHABLE")),
  QUOTA(Set.of("QUOTA", "QUOTAS")),
  TREND(Set.of()),
  FIGURES(Set.of()),
  ERRORS(Set.of()),
  HOSTILE_TEXT(Set.of());

  private final Set<String> words;

  Subject(Set<String> words) {
    this.words = words;
  }

  /** Whether reason codes name it, so that it can stand in for one where none is recorded. */
  public boolean hasCodes() {
    return !words.isEmpty();
  }

  /** Whether a reason code or a metric's name is about this. */
  public boolean isNamedBy(String code) {
    return Words.anyOf(code, words);
  }
}
