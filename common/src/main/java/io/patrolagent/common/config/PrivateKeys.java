package io.patrolagent.common.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks what stands within the frame of a PEM private key, also where the end was cut off. */
final class PrivateKeys {

  private static final Pattern BEGIN =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----");
  private static final String DASHES = "-----";

  private PrivateKeys() {}

  static String mask(String text) {
    Matcher begin = BEGIN.matcher(text);
    StringBuilder masked = null;
    int copied = 0;
    while (begin.find(copied)) {
      int end = end(text, begin.end());
      if (masked == null) {
        masked = new StringBuilder(text.length());
      }
      masked.append(text, copied, begin.end());
      if (end > begin.end()) {
        masked.append(Secret.MASK);
      }
      copied = end;
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  /** The first position that cannot belong to the key: the next frame, or a quotation mark. */
  private static int end(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (!within(c) || (c == '-' && text.startsWith(DASHES, at))) {
        break;
      }
      at++;
    }
    // a backslash before the quotation mark belongs to the mark
    while (at > from
        && at < text.length()
        && text.charAt(at) == '"'
        && text.charAt(at - 1) == '\\') {
      at--;
    }
    return at;
  }

  /** Base64, the headers of an encrypted key, line ends and how JSON writes them. */
  private static boolean within(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/=-:,.*\\ \t\r\n".indexOf(c) >= 0;
  }
}
