package io.patrolagent.agentrunner.provider;

import io.patrolagent.common.config.SecretMask;

/** A failure in one line: without secrets, and no longer than anybody reads. */
final class FailureMessage {

  private static final int MOST_LETTERS = 300;

  private FailureMessage() {}

  static String of(Outcome.Failed failed) {
    String asked =
        failed.retryAfter().map(wait -> " (asks to wait " + wait.toSeconds() + " s)").orElse("");
    return capped(SecretMask.mask(failed.message())) + asked;
  }

  private static String capped(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > MOST_LETTERS ? line.substring(0, MOST_LETTERS) + "…" : line;
  }
}
