package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a value without quotes stands for. A number is one only where it is written as JSON writes
 * it and a double or long holds it exactly; {@code 91,5}, {@code NaN}, {@code 91%} and {@code
 * 1e999} stay the text that they are.
 */
final class BareJson {

  private static final Pattern NUMBER =
      Pattern.compile("\\+?(-?(?:0|[1-9]\\d*)?(\\.\\d+)?(?:[eE][+-]?\\d{1,3})?)");
  private static final int LONGEST = 40;
  private static final int LONG_DIGITS = 18;
  private static final Set<String> NOTHING = Set.of("null", "none", "undefined", "nil");

  private BareJson() {}

  static JsonNode of(String written) {
    String lower = written.length() <= LONGEST ? written.toLowerCase(Locale.ROOT) : "";
    if (NOTHING.contains(lower)) {
      return NullNode.getInstance();
    }
    if (lower.equals("true") || lower.equals("false")) {
      return BooleanNode.valueOf(lower.equals("true"));
    }
    return lower.isEmpty() ? TextNode.valueOf(written) : number(written);
  }

  private static JsonNode number(String written) {
    Matcher number = NUMBER.matcher(written);
    boolean digits = written.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (!digits || !number.matches() || !Character.isDigit(firstDigit(number.group(1)))) {
      return TextNode.valueOf(written);
    }
    String plain = number.group(1);
    boolean whole = number.group(2) == null && plain.toLowerCase(Locale.ROOT).indexOf('e') < 0;
    if (whole && plain.length() <= LONG_DIGITS) {
      long value = Long.parseLong(plain);
      return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }
    double value = Double.parseDouble(plain);
    boolean exact =
        Double.isFinite(value)
            && new BigDecimal(plain).compareTo(new BigDecimal(Double.toString(value))) == 0;
    return exact ? DoubleNode.valueOf(value) : TextNode.valueOf(written);
  }

  /** A digit where there is one before any exponent: {@code e5} is a word. */
  private static char firstDigit(String plain) {
    int at = 0;
    while (at < plain.length() && "-.".indexOf(plain.charAt(at)) >= 0) {
      at++;
    }
    return at < plain.length() ? plain.charAt(at) : ' ';
  }
}
