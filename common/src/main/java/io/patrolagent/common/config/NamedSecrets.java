package io.patrolagent.common.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks the value after a name that says that it is secret: {@code password=…}, {@code "api_key":
 * "…"}, {@code --token …}, {@code PASSWORD '…'}, {@code Authorization: Basic …}.
 *
 * <p>A pattern finds name and separator; the value is found by hand, since a quoted one may hold
 * escapes, and JSON within JSON quotes with {@code \"}. Reading goes on after the value, so that no
 * letter is looked at as a value twice.
 */
final class NamedSecrets {

  private static final Pattern NAME =
      Pattern.compile(
          "(?=[acpstxACPSTX])(?i)(?:" // most letters begin none, which is cheaper to find out
              + "pass(?:word|wd|phrase|code)(?:[_-]?hash)?"
              + "|(?<=_)pass|pwd"
              + "|secret(?:[_ -]?access)?(?:[_ -]?key)?"
              + "|token"
              + "|(?:api|access|private)[_ -]?key|account_?key"
              + "|shared[_ -]?access[_ -]?signature|(?:x-amz-|x-goog-)signature"
              + "|credentials?"
              + "|authorization"
              + "|(?<=[?&;]|u0026)sig"
              + ")(?<quote>\\\\{0,7}[\"'])?"
              + "(?<separator>\\s{0,4}(?:=>|:=|[:=])\\s{0,4}|\\s{1,4})");

  private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "token", "apikey");
  private static final Set<String> NO_SECRETS = Set.of("null", "none", "true", "false", "nil");
  private static final String UNQUOTED_END = " \t\r\n,;&\"'`<>(){}[]\\|";

  private NamedSecrets() {}

  static String mask(String text) {
    Matcher name = NAME.matcher(text);
    StringBuilder masked = null;
    int copied = 0;
    int from = 0;
    while (from <= text.length() && name.find(from)) {
      Value value = value(text, name);
      from = Math.max(value.end(), name.end());
      if (!value.replacement().isEmpty()) {
        if (masked == null) {
          masked = new StringBuilder(text.length());
        }
        masked.append(text, copied, value.begin()).append(value.replacement());
        copied = value.end();
      }
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  /** A stretch of the text and what it becomes; an empty replacement leaves it as it is. */
  private record Value(int begin, int end, String replacement) {

    static Value kept(int end) {
      return new Value(end, end, "");
    }
  }

  private static Value value(String text, Matcher name) {
    int begin = name.end();
    int quote = begin;
    while (quote < text.length() && text.charAt(quote) == '\\' && quote - begin < 8) {
      quote++;
    }
    boolean blankOnly = name.group("separator").isBlank();
    if (quote < text.length() && (text.charAt(quote) == '"' || text.charAt(quote) == '\'')) {
      boolean ends = blankOnly && text.charAt(quote) == '"'; // prose may quote after a name
      return ends ? Value.kept(begin) : quoted(text, quote, quote - begin);
    }
    if (blankOnly && !isOption(text, name.start())) {
      return Value.kept(begin);
    }
    return unquoted(text, name, begin);
  }

  /** {@code --db-password hunter2}: a blank separates, where two dashes begin the name. */
  private static boolean isOption(String text, int nameBegin) {
    int at = nameBegin;
    while (at > 0 && nameBegin - at < 32 && isOptionLetter(text.charAt(at - 1))) {
      at--;
    }
    return text.startsWith("--", at);
  }

  private static boolean isOptionLetter(char c) {
    return c == '-' || c == '_' || Character.isLetterOrDigit(c);
  }

  /**
   * From the quotation mark that has that many backslashes before it to its partner. Quoting
   * doubles backslashes: at depth d a mark that ends the value has d of them beyond a multiple of
   * 2(d+1).
   */
  private static Value quoted(String text, int quote, int depth) {
    char mark = text.charAt(quote);
    int begin = quote + 1;
    int backslashes = 0;
    for (int at = begin; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      boolean closes = c == mark && backslashes % (2 * (depth + 1)) == depth;
      boolean outerCloses = c == '"' && backslashes < (mark == '"' ? depth : 1);
      if (closes || outerCloses || c == '\n') {
        return maskedUnlessEmpty(begin, c == '\n' ? at : at - Math.min(depth, backslashes));
      }
      backslashes = 0;
    }
    return maskedUnlessEmpty(begin, text.length());
  }

  private static Value maskedUnlessEmpty(int begin, int end) {
    return end > begin ? new Value(begin, end, Secret.MASK) : Value.kept(end);
  }

  private static Value unquoted(String text, Matcher name, int begin) {
    int end = wordEnd(text, begin);
    String word = text.substring(begin, end);
    if (SCHEMES.contains(word.toLowerCase(Locale.ROOT)) && isBlankAt(text, end)) {
      int credentials = end + 1;
      return maskedUnlessEmpty(credentials, wordEnd(text, credentials));
    }
    if (word.isEmpty()
        || NO_SECRETS.contains(word.toLowerCase(Locale.ROOT))
        || isProse(text, name, word, end)
        || (name.group().toLowerCase(Locale.ROOT).startsWith("pwd") && word.startsWith("/"))) {
      return Value.kept(end);
    }
    // a number or a bare word after a quoted name is JSON, or close to it: it needs the marks
    String quote = name.group("quote");
    return new Value(begin, end, quote == null ? Secret.MASK : quote + Secret.MASK + quote);
  }

  /** {@code password: must not be blank}: a plain word after a colon that more words follow. */
  private static boolean isProse(String text, Matcher name, String word, int end) {
    return name.group("separator").contains(":")
        && word.chars().allMatch(c -> c >= 'a' && c <= 'z')
        && isBlankAt(text, end)
        && end + 1 < text.length()
        && Character.isLetter(text.charAt(end + 1));
  }

  private static boolean isBlankAt(String text, int at) {
    return at < text.length() && text.charAt(at) == ' ';
  }

  /** A slash may have a backslash before it, as some writers of JSON put it. */
  private static int wordEnd(String text, int begin) {
    int at = begin;
    while (at < text.length()
        && (UNQUOTED_END.indexOf(text.charAt(at)) < 0 || text.startsWith("\\/", at))) {
      at++;
    }
    return at;
  }
}
