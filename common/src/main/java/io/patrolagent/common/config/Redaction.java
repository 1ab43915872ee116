package io.patrolagent.common.config;

import java.util.regex.Pattern;

/**
 * Takes credentials out of text that is about to be printed.
 *
 * <p>A second line of defence: secrets have settings of their own and never print, but people also
 * write them into URLs, and drivers repeat URLs in their messages.
 */
public final class Redaction {

  private static final Pattern USER_INFO = Pattern.compile("(//[^/@:\\s]*):[^/@\\s]+@");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|secret|token|api[_-]?key)\\s*=\\s*)"
              + "(?:\"[^\"]*\"|'[^']*'|[^&;,\\s]+)");
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[\\w.~+/=-]{6,}");

  private Redaction() {}

  /** The text with {@code ***} where a password or token stands. */
  public static String redact(String text) {
    String redacted = USER_INFO.matcher(text).replaceAll("$1:" + Secret.MASK + "@");
    redacted = PARAMETER.matcher(redacted).replaceAll("$1" + Secret.MASK);
    return BEARER.matcher(redacted).replaceAll("$1" + Secret.MASK);
  }
}
