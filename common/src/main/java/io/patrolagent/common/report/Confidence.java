package io.patrolagent.common.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How sure the writer is. Words for likelihood are read as analysts use them (ICD 203: likely
 * begins at 55 %, very likely at 80 %). A range takes its lower end. A colour alone is not read:
 * red is as often a high risk as a low confidence.
 */
final class Confidence implements Scale {

  static final Confidence SCALE = new Confidence();

  private static final double HIGH = 70;
  private static final double MEDIUM = 40;
  private static final List<String> ORDER = List.of("Low", "Medium", "High");
  private static final Set<String> NAMES =
      Set.of("CONFIDENCE", "CONFIDENCELEVEL", "LIKELIHOOD", "PROBABILITY", "CERTAINTY");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("HIGH", "High"),
          Map.entry("VERYHIGH", "High"),
          Map.entry("HI", "High"),
          Map.entry("STRONG", "High"),
          Map.entry("VERYLIKELY", "High"),
          Map.entry("HIGHLYLIKELY", "High"),
          Map.entry("HIGHLYPROBABLE", "High"),
          Map.entry("ALMOSTCERTAIN", "High"),
          Map.entry("NEARCERTAIN", "High"),
          Map.entry("CERTAIN", "High"),
          Map.entry("MEDIUM", "Medium"),
          Map.entry("MED", "Medium"),
          Map.entry("MODERATE", "Medium"),
          Map.entry("LIKELY", "Medium"),
          Map.entry("PROBABLE", "Medium"),
          Map.entry("LOW", "Low"),
          Map.entry("VERYLOW", "Low"),
          Map.entry("POSSIBLE", "Low"),
          Map.entry("UNLIKELY", "Low"),
          Map.entry("SPECULATIVE", "Low"),
          Map.entry("WEAK", "Low"));

  private static final Pattern PERCENT =
      Pattern.compile("(\\d{1,3})(?:[.,]\\d{1,3})?\\s{0,2}(?:%|percent\\b|per cent\\b)?");
  private static final Pattern FRACTION = Pattern.compile("[01]?\\.\\d{1,4}");
  private static final Pattern TENTHS = Pattern.compile("(\\d{1,2})\\s?/\\s?10");
  private static final Pattern PARTS = Pattern.compile("[(),;|/–—\\[\\]]|\\s-\\s|-|\\bto\\b");

  private Confidence() {}

  @Override
  public @Nullable String read(String written) {
    String whole = one(written);
    if (whole != null) {
      return whole;
    }
    // of a range its lower end
    List<String> words = words(written, PARTS);
    return ORDER.stream().filter(words::contains).findFirst().orElse(null);
  }

  @Override
  public boolean isWord(String written) {
    String letters = withoutName(Scale.letters(written));
    return ORDER.stream().anyMatch(word -> word.equalsIgnoreCase(letters));
  }

  @Override
  public boolean isName(String letters) {
    return NAMES.contains(letters);
  }

  @Override
  public @Nullable String one(String written) {
    String number = Title.trimLeft(Blank.strip(written), "~≈><≥≤= ");
    if (number.length() < 20 && !number.isEmpty() && Character.isDigit(digit(number))) {
      return ofNumber(number);
    }
    return WORDS.get(withoutName(Scale.letters(written)));
  }

  private static char digit(String number) {
    return number.charAt(0) == '.' && number.length() > 1 ? number.charAt(1) : number.charAt(0);
  }

  private static @Nullable String ofNumber(String written) {
    String number = written;
    for (String name : List.of("confidence", "probability", "likelihood", "likely", "chance")) {
      if (number.toLowerCase(Locale.ROOT).endsWith(name)) {
        number = number.substring(0, number.length() - name.length()).strip();
      }
    }
    Matcher tenths = TENTHS.matcher(number);
    if (tenths.matches()) {
      return ofPercent(10.0 * Integer.parseInt(tenths.group(1)));
    }
    if (FRACTION.matcher(number).matches()) {
      return ofPercent(100 * Double.parseDouble(number));
    }
    Matcher percent = PERCENT.matcher(number);
    if (!percent.matches()) {
      return null;
    }
    int whole = Integer.parseInt(percent.group(1));
    boolean bare = number.chars().allMatch(Character::isDigit);
    // 1 to 10 without a sign may be marks out of five or ten
    return bare && whole <= 10 ? null : ofPercent(whole);
  }

  private static @Nullable String ofPercent(double percent) {
    if (percent > 100) {
      return null;
    }
    return percent >= HIGH ? "High" : percent >= MEDIUM ? "Medium" : "Low";
  }

  private static String withoutName(String letters) {
    for (String name : List.of("CONFIDENCE", "LIKELIHOOD", "PROBABILITY")) {
      if (letters.length() > name.length() && letters.endsWith(name)) {
        return letters.substring(0, letters.length() - name.length());
      }
    }
    return letters;
  }
}
