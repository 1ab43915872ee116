package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Digits with what separates them, as people of any country write them: {@code 4,000}, {@code
 * 4.000}, {@code 4 000}, {@code 4'000}, {@code 3,5}. Where two readings are possible both are
 * given.
 */
final class NumberText {

  private static final int MOST_DIGITS = 40;
  private static final Pattern GROUP = Pattern.compile("[.,'’\\u00a0\\u202f\\u2009 ]");

  private NumberText() {}

  /** Empty where it is no number, such as a version of three parts. */
  static List<Reading> readings(String digits) {
    if (digits.length() > MOST_DIGITS) {
      return List.of();
    }
    String[] parts = GROUP.split(digits, -1);
    if (parts.length == 1) {
      return List.of(Reading.of(Double.parseDouble(digits), 0));
    }
    char first = digits.charAt(parts[0].length());
    char last = digits.charAt(digits.length() - parts[parts.length - 1].length() - 1);
    List<Reading> readings = new ArrayList<>();
    if (last == '.' || last == ',') {
      String fraction = parts[parts.length - 1];
      boolean groups = parts.length == 2 || first != last;
      if (groups && grouped(parts, parts.length - 1) && oneSeparator(digits, first, parts)) {
        readings.add(decimal(join(parts, parts.length - 1) + "." + fraction, fraction.length()));
      }
    }
    if (grouped(parts, parts.length)
        && parts.length > 1
        && oneSeparator(digits, first, parts)
        && first == last
        && !parts[0].startsWith("0")) {
      readings.add(Reading.of(Double.parseDouble(join(parts, parts.length)), 0));
    }
    return readings;
  }

  private static Reading decimal(String plain, int decimals) {
    return Reading.of(Double.parseDouble(plain), decimals);
  }

  /** Whether the parts up to there are thousands: three digits each, the first one to three. */
  private static boolean grouped(String[] parts, int end) {
    if (end > 1 && parts[0].length() > 3) {
      return false;
    }
    for (int part = 1; part < end; part++) {
      if (parts[part].length() != 3) {
        return false;
      }
    }
    return true;
  }

  /** Whether all separators but the last are the same. */
  private static boolean oneSeparator(String digits, char first, String[] parts) {
    int at = 0;
    for (int part = 0; part < parts.length - 2; part++) {
      at += parts[part].length();
      if (digits.charAt(at) != first) {
        return false;
      }
      at++;
    }
    return true;
  }

  private static String join(String[] parts, int end) {
    StringBuilder joined = new StringBuilder();
    for (int part = 0; part < end; part++) {
      joined.append(parts[part]);
    }
    return joined.toString();
  }
}
