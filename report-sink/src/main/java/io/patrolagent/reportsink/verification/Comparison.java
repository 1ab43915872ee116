package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Interval;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether something written and a fact are the same to a reader. */
final class Comparison {

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}_-]+");
  private static final double[] SHARE_AS_PERCENT = {1, 100};
  private static final double[] PERCENT_AS_SHARE = {1, 0.01};

  private Comparison() {}

  /** In any reading and any conversion, whatever the sign: a fall of 3 is a change of -3. */
  static boolean equal(Quantity written, Fact fact) {
    for (Reading reading : written.readings()) {
      Interval interval = written.interval(reading);
      for (double conversion : conversions(written, fact.unit())) {
        double value = fact.value() * conversion;
        boolean share = conversion == 1 || written.unit() != Unit.PERCENT || isShare(fact);
        boolean ofShare = conversion != 0.01 || Math.abs(reading.value()) <= 1;
        if (share && ofShare && (interval.has(value) || interval.has(-value))) {
          return true;
        }
      }
    }
    return false;
  }

  static double[] conversions(Quantity written, @Nullable Unit fact) {
    if (written.unit() == Unit.PERCENT && fact == null) {
      return SHARE_AS_PERCENT;
    }
    if (written.unit() == null && fact == Unit.PERCENT) {
      return PERCENT_AS_SHARE;
    }
    return Unit.conversions(written.unit(), fact);
  }

  private static boolean isShare(Fact fact) {
    return fact.unit() != null || Math.abs(fact.value()) <= 1;
  }

  /** Without case, kinds of blanks and invisible marks. */
  static String folded(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    return BLANKS.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /** The same, or the one with words around it: {@code Tier S}, {@code v3.2.1}. */
  static boolean sameText(String written, String fact) {
    String one = folded(written);
    String other = folded(fact);
    if (one.equals(other) || one.equals("v" + other) || one.equals("tier " + other)) {
      return true;
    }
    return other.length() > 1 && hasWords(one, other);
  }

  /** Whether the words stand in the text, none of them a part of another. */
  static boolean hasWords(String text, String words) {
    int at = text.indexOf(words);
    while (at >= 0 && !words.isEmpty()) {
      int end = at + words.length();
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
      if (begins && ends) {
        return true;
      }
      at = text.indexOf(words, at + 1);
    }
    return false;
  }
}
