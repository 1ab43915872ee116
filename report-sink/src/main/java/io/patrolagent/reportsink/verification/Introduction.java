package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Bound;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words before a number: how exact it is meant, and whether it claims anything at all. */
final class Introduction {

  private static final int LOOKED_BACK = 28;
  private static final Pattern ABOUT =
      Pattern.compile(
          "(?:\\b(?:about|around|approximately|approx\\.?|roughly|nearly|almost|circa|ca\\.?|some"
              + "|close to)\\s|[~≈]\\s?)$");
  private static final Pattern OVER =
      Pattern.compile(
          "(?:\\b(?:over|more than|above|exceed(?:s|ed|ing)?|greater than|at least|beyond"
              + "|upwards of|past)\\s|[>≥]=?\\s?)$");
  private static final Pattern UNDER =
      Pattern.compile(
          "(?:\\b(?:under|below|less than|fewer than|lower than|at most|up to|just short of)\\s"
              + "|[<≤]=?\\s?)$");
  private static final Pattern VERSION =
      Pattern.compile("(?:\\bversions?\\s|\\breleases?\\s|\\bv\\s?|\\bto v|\\bfrom v)$");

  /** A time that says how far somebody looks, not how things are. */
  private static final Pattern WINDOW =
      Pattern.compile(
          "\\b(?:within(?: the)?|next|coming|following|last|past|previous|preceding|every|per|each"
              + "|in(?: the)?|after|over(?: the)?|a|during(?: the)?|for the)"
              + "(?: (?:next|last|about|some|another))?\\s$");

  /** What is to be, or may come: a target, a limit, an amount to add. */
  private static final Pattern TARGET =
      Pattern.compile(
          "\\b(?:to|by|below|above|under|over|at least|at most|than|every|after|until|limit(?: of)?"
              + "|reach(?:es|ed|ing)?|exceed(?:s|ed|ing)?|cross(?:es|ing)?|hits?|past|beyond"
              + "|threshold(?: of)?|up to|another|max(?:imum)?|with|a|first|top|step|steps)"
              + "(?: (?:about|some|the|of))?\\s$|[<>≥≤]=?\\s?$");

  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\b(?:documents?|doc|runbooks?|steps?|tickets?|issues?|incidents?|no\\.?|nr\\.?|page"
              + "|section|phase|priority|option|port|rfc|level|layer|top|day|week|quarter|part"
              + "|exit(?:ed|ing)? with|exit code|code|signal|status|http)\\s$");

  private Introduction() {}

  static Bound bound(String text, int start) {
    String before = before(text, start);
    if (ABOUT.matcher(before).find()) {
      return Bound.ABOUT;
    }
    if (OVER.matcher(before).find()) {
      return Bound.OVER;
    }
    return UNDER.matcher(before).find() ? Bound.UNDER : Bound.EXACT;
  }

  static boolean isVersion(String text, int start) {
    return VERSION.matcher(before(text, start)).find();
  }

  static boolean isWindow(String text, int start) {
    return WINDOW.matcher(before(text, start)).find();
  }

  static boolean isTarget(String text, int start) {
    return TARGET.matcher(before(text, start)).find();
  }

  /** Whether the number is the name of something. */
  static boolean isNumbered(String text, int start) {
    return NUMBERED.matcher(before(text, start)).find();
  }

  /** Whether nothing stands there but what bounds the number behind it. */
  static boolean isBound(String before) {
    String words = before.strip();
    return words.isEmpty()
        || words.equals("-")
        || words.equals("+")
        || words.equals("−")
        || (words.length() <= LOOKED_BACK && bound(words + " ", words.length() + 1) != Bound.EXACT);
  }

  private static String before(String text, int start) {
    return text.substring(Math.max(0, start - LOOKED_BACK), start).toLowerCase(Locale.ROOT);
  }
}
