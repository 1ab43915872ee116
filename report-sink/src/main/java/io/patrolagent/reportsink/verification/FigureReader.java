package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Bound;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the numbers, times and versions in a text, in their order. Digits that are part of a name
 * ({@code c-0042}, {@code p99}), ordinals and ranges ({@code 24-48 h}) are none.
 */
final class FigureReader {

  private static final Pattern CORE = Pattern.compile("\\d++(?:[.,'’]\\d++)*+");
  private static final Pattern SPACED =
      Pattern.compile("\\d{1,3}+(?:[ \\u00a0\\u202f\\u2009]\\d{3})+(?![\\d\\p{L}]|[.,:/-]\\d)");
  private static final Pattern VERSION =
      Pattern.compile("\\d{1,5}+(?:\\.\\d{1,6}+){2,5}+(?:[-+][A-Za-z0-9.]{1,20}+)?+");
  private static final Pattern SHORT_VERSION = Pattern.compile("\\d{1,5}+(?:\\.\\d{1,6}+){1,5}+");

  /** A word behind a number, with or without a blank or a dash between them. */
  private static final Pattern WORD =
      Pattern.compile("([ \\u00a0\\u202f-]?)([%％]|[A-Za-zµμ]{1,14}+)(?![\\p{L}\\p{N}_])");

  private static final Pattern SMALLER =
      Pattern.compile(
          "(?:,? and |[ ,]{0,2})(\\d{1,3}+)[ \\u00a0]?([A-Za-z]{1,8}+)(?![\\p{L}\\p{N}_])");
  private static final Pattern RANGE = Pattern.compile("[-–—]\\d");

  private final String text;
  private final TimeReader times;
  private final List<Figure> found = new ArrayList<>();
  private int at;

  private FigureReader(String text) {
    this.text = text;
    this.times = new TimeReader(text);
  }

  static List<Figure> read(String text) {
    FigureReader reader = new FigureReader(text);
    reader.readAll();
    return reader.found;
  }

  /** The one number that the whole text is, blanks and a bound before it aside, or null. */
  static @Nullable Quantity whole(String text) {
    String stripped = text.strip();
    List<Figure> figures = stripped.length() <= 60 ? read(stripped) : List.of();
    if (figures.size() == 1
        && figures.get(0) instanceof Figure.Amount number
        && number.end() == stripped.length()
        && Introduction.isBound(stripped.substring(0, number.start()))) {
      return number.quantity();
    }
    return null;
  }

  private void readAll() {
    while (at < text.length()) {
      if (!isDigit(at)) {
        at++;
      } else if (isInsideName()) {
        skipName();
      } else {
        readFigure();
      }
    }
  }

  private void readFigure() {
    Figure.Time time = times.at(at);
    if (time != null) {
      add(time);
      return;
    }
    Matcher version = VERSION.matcher(text).region(at, text.length());
    if (version.lookingAt() && !continues(version.end())) {
      add(new Figure.Version(at, version.end(), version.group()));
      return;
    }
    Matcher core = SPACED.matcher(text).region(at, text.length());
    if (!core.lookingAt()) {
      core = CORE.matcher(text).region(at, text.length());
      core.lookingAt(); // there is a digit
    }
    int end = core.end();
    if (Introduction.isVersion(text, at)) {
      Matcher small = SHORT_VERSION.matcher(text).region(at, text.length());
      if (small.lookingAt() && small.end() == end) {
        add(new Figure.Version(at, end, core.group()));
        return;
      }
    }
    List<Reading> readings = NumberText.readings(core.group());
    if (readings.isEmpty()) {
      skipName();
      return;
    }
    number(end, readings);
  }

  private void number(int coreEnd, List<Reading> readings) {
    int start = at;
    int end = coreEnd;
    List<Reading> scaled = readings;
    Unit unit = null;
    Matcher word = WORD.matcher(text).region(end, text.length());
    if (word.lookingAt()) {
      boolean attached = word.group(1).isEmpty();
      double multiplier = multiplier(word.group(2), attached);
      if (multiplier > 1) {
        end = word.end();
        scaled =
            readings.stream()
                .map(r -> new Reading(r.value() * multiplier, r.half() * multiplier))
                .toList();
      } else {
        unit = unit(word.group(2), attached);
        if (unit != null) {
          end = word.end();
        } else if (attached && !word.group(2).equalsIgnoreCase("x")) {
          skipName();
          return;
        }
      }
    } else if (end < text.length() && Character.isLetter(text.charAt(end))) {
      skipName();
      return;
    }
    if (isRange(coreEnd) || isRange(end)) {
      skipRange(end);
      return;
    }
    if (unit != null && unit.isTime()) {
      end = smaller(end, unit, scaled);
      return;
    }
    add(new Figure.Amount(start, end, quantity(start, scaled, unit)));
  }

  /** Adds a duration, its smaller parts included: {@code 2 h 15 min}. */
  private int smaller(int end, Unit unit, List<Reading> readings) {
    int start = at;
    Matcher next = SMALLER.matcher(text).region(end, text.length());
    if (next.lookingAt()) {
      Unit part = unit(next.group(2), true);
      if (part != null && part.isTime() && part.factor() < unit.factor()) {
        double more = Double.parseDouble(next.group(1));
        double ratio = unit.factor() / part.factor();
        List<Reading> sum =
            readings.stream().map(r -> Reading.of(r.value() * ratio + more, 0)).toList();
        add(new Figure.Amount(start, next.end(), quantity(start, sum, part)));
        return next.end();
      }
    }
    add(new Figure.Amount(start, end, quantity(start, readings, unit)));
    return end;
  }

  private Quantity quantity(int start, List<Reading> readings, @Nullable Unit unit) {
    Bound bound = Introduction.bound(text, start);
    if (start > 0 && isMinus(start - 1)) {
      List<Reading> negative =
          readings.stream().map(r -> new Reading(-r.value(), r.half())).toList();
      return new Quantity(negative, unit, bound);
    }
    return new Quantity(readings, unit, bound);
  }

  /** A dash that no word or number stands before. */
  private boolean isMinus(int index) {
    char c = text.charAt(index);
    return (c == '-' || c == '−')
        && (index == 0 || " (=\u00a0".indexOf(text.charAt(index - 1)) >= 0);
  }

  private static double multiplier(String word, boolean attached) {
    return switch (word) {
      case "k", "K" -> attached ? 1e3 : 1;
      case "M" -> attached ? 1e6 : 1;
      case "thousand" -> 1e3;
      case "million" -> 1e6;
      case "billion", "bn" -> 1e9;
      default -> 1;
    };
  }

  /** Single letters are units only where they stand directly behind the number, or are h, s, d. */
  private static @Nullable Unit unit(String word, boolean attached) {
    if (word.length() == 1 && !attached && "hsd%％B".indexOf(word.charAt(0)) < 0) {
      return null;
    }
    return Unit.of(word);
  }

  private boolean isRange(int end) {
    return RANGE.matcher(text).region(end, text.length()).lookingAt();
  }

  private void skipRange(int end) {
    at = end + 1;
    Matcher core = CORE.matcher(text).region(at, text.length());
    at = core.lookingAt() ? core.end() : at + 1;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
  }

  private void add(Figure figure) {
    found.add(figure);
    at = figure.end();
  }

  private boolean isDigit(int index) {
    char c = text.charAt(index);
    return c >= '0' && c <= '9';
  }

  /** Whether a version's text goes on, so that it is something else. */
  private boolean continues(int end) {
    return end < text.length() && Character.isLetterOrDigit(text.charAt(end));
  }

  private boolean isInsideName() {
    if (at == 0) {
      return false;
    }
    char before = text.charAt(at - 1);
    if (Character.isLetter(before)) {
      return !isVersionLetter(before);
    }
    if (Character.isDigit(before) || before == '_' || before == '#' || before == '$') {
      return true;
    }
    if ("-./:@+,".indexOf(before) < 0 || at < 2) {
      return false;
    }
    boolean behindFigure =
        before == '/' && !found.isEmpty() && found.get(found.size() - 1).end() == at - 1;
    char earlier = text.charAt(at - 2);
    return !behindFigure
        && (before == ','
            ? Character.isDigit(earlier)
            : Character.isLetterOrDigit(earlier) || earlier == '_' || earlier == '/');
  }

  /** {@code v3.2.1}. */
  private boolean isVersionLetter(char before) {
    return (before == 'v' || before == 'V')
        && (at < 2 || !Character.isLetterOrDigit(text.charAt(at - 2)))
        && SHORT_VERSION.matcher(text).region(at, text.length()).lookingAt();
  }

  private void skipName() {
    while (at < text.length() && isNamePart(at)) {
      at++;
    }
  }

  private boolean isNamePart(int index) {
    char c = text.charAt(index);
    if (Character.isLetterOrDigit(c) || c == '_') {
      return true;
    }
    return "-.:@/".indexOf(c) >= 0
        && index + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(index + 1));
  }
}
