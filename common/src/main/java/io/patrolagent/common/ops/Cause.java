package io.patrolagent.common.ops;

import io.patrolagent.common.config.SecretMask;
import org.jspecify.annotations.Nullable;

/** Says a failure in one line: what failed, and why at the root; no stack trace and no secret. */
final class Cause {

  private static final int MOST_LETTERS = 500;

  private Cause() {}

  static String of(Throwable failure) {
    Throwable outer = withoutWrappers(failure);
    Throwable root = outer;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String said = text(outer);
    String why = text(root);
    return oneLine(said.contains(why) ? said : said + ": " + why);
  }

  /** Futures wrap what happened in an exception that only repeats it. */
  private static Throwable withoutWrappers(Throwable failure) {
    Throwable unwrapped = failure;
    Throwable cause = unwrapped.getCause();
    while (cause != null && repeats(unwrapped.getMessage(), cause)) {
      unwrapped = cause;
      cause = unwrapped.getCause();
    }
    return unwrapped;
  }

  private static boolean repeats(@Nullable String message, Throwable cause) {
    return message == null || message.equals(cause.toString());
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static String oneLine(String text) {
    String line = SecretMask.mask(text.replaceAll("\\s+", " ").strip());
    return line.length() > MOST_LETTERS ? line.substring(0, MOST_LETTERS) + "…" : line;
  }
}
