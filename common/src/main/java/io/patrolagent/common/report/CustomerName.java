package io.patrolagent.common.report;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The name that an entry begins with, the tier beside it, and the text behind both. */
record CustomerName(String name, @Nullable String tier, String text) {

  private static final int LONGEST = 80;

  /** Reads {@code **ACME** (S): text}, {@code ACME (Tier S) - text} or a bold name alone. */
  static Optional<CustomerName> of(String written) {
    String entry = behindPicture(written);
    int end = entry.startsWith("**") ? entry.indexOf("**", 2) : -1;
    if (end > 2 && end <= LONGEST) {
      String behind = Blank.strip(entry.substring(end + 2));
      String bold = entry.substring(2, end);
      if (behind.startsWith("(") || behind.startsWith("[")) {
        int close = Math.max(behind.indexOf(')'), behind.indexOf(']'));
        if (close > 0 && tierIn(behind.substring(1, close)) != null) {
          return named(bold + " " + behind.substring(0, close + 1), behind.substring(close + 1));
        }
      }
      return named(bold, behind);
    }
    int cut = separator(entry);
    return cut < 0 ? Optional.empty() : named(entry.substring(0, cut), entry.substring(cut));
  }

  /** Without a picture in front of a name in bold. */
  private static String behindPicture(String entry) {
    int bold = entry.indexOf("**");
    boolean picture =
        bold > 0
            && bold <= 6
            && entry.substring(0, bold).codePoints().noneMatch(Character::isLetterOrDigit);
    return picture ? entry.substring(bold) : entry;
  }

  CustomerSummary summary(String summary) {
    return new CustomerSummary(name, tier, summary.strip());
  }

  /** Where the name ends before {@code : } or {@code - }, or -1. */
  private static int separator(String entry) {
    int limit = Math.min(entry.length(), LONGEST);
    for (int i = 1; i < limit; i++) {
      char c = entry.charAt(i);
      boolean last = i + 1 >= entry.length();
      if (c == '\n') {
        return -1;
      }
      if (c == ':' && (last || Character.isWhitespace(entry.charAt(i + 1)))) {
        return i;
      }
      boolean dash = c == '-' || c == '–' || c == '—';
      if (dash && entry.charAt(i - 1) == ' ' && !last && entry.charAt(i + 1) == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static Optional<CustomerName> named(String written, String behind) {
    String name = trim(written);
    String tier = null;
    int open = Math.max(name.lastIndexOf('('), name.lastIndexOf('['));
    if (open > 0 && (name.endsWith(")") || name.endsWith("]"))) {
      tier = tierIn(name.substring(open + 1, name.length() - 1));
      name = tier == null ? name : trim(name.substring(0, open));
    }
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new CustomerName(name, tier, trimLeft(behind)));
  }

  static @Nullable String tierIn(String note) {
    String tier =
        note.toUpperCase(Locale.ROOT).replace("TIER", "").replace(":", "").replace("-", "");
    tier = Blank.strip(tier);
    return tier.length() == 1 && "SABC".contains(tier) ? tier : null;
  }

  private static String trim(String text) {
    String trimmed = Blank.strip(text);
    while (!trimmed.isEmpty() && ":*_ ".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return trimLeft(trimmed);
  }

  private static String trimLeft(String text) {
    int at = 0;
    while (at < text.length() && ":*_–—- \t\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(at);
  }
}
