package io.patrolagent.agentrunner.offline.rule;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Error codes in messages, such as {@code ORA-01555}: what a knowledge lake is searched for. */
final class ErrorCodes {

  private static final Pattern CODE = Pattern.compile("\\b[A-Z]{2,8}-\\d{2,6}\\b");

  private ErrorCodes() {}

  static Set<String> in(String message) {
    Set<String> codes = new LinkedHashSet<>();
    Matcher code = CODE.matcher(message);
    while (code.find()) {
      codes.add(code.group());
    }
    return codes;
  }
}
