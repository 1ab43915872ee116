package io.patrolagent.agentrunner.offline.wording;

import io.patrolagent.common.report.ReportSection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names and details out of the operator's data, made fit to stand inside a line of the report.
 * Whoever may name a cluster must not be able to write a section of the report, nor a bullet, a
 * heading, a link or a quotation mark that ends the quotation.
 */
public final class DataText {

  /** So that the parser, which looks for a customer's name in 80 characters, finds it. */
  private static final int MAX_NAME = 76;

  private static final int MAX_DETAIL = 240;
  private static final String WITHHELD = "text that gives orders, not repeated here";
  private static final int MAX_REMARK = 600;

  /** Control and format characters (the bidirectional ones too), and every kind of line end. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\s\\u00a0]+");

  private static final Pattern MARKUP = Pattern.compile("#{2,}|[`*<>\\[\\]|]+");
  private static final Pattern QUOTES = Pattern.compile("[“”„\"]");
  private static final Pattern SECTION_NAME = sectionNames();
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private DataText() {}

  /** A name on one line; what is missing or blank becomes the second argument. */
  public static String name(@Nullable String text, String missing) {
    String line = line(text, MAX_NAME);
    return line.isEmpty() ? missing : line;
  }

  /**
   * A sentence of somebody else's, on one line, without its full stop. One that gives orders is not
   * repeated: whoever reads the report next may be a model as well.
   */
  public static String detail(@Nullable String text) {
    if (HostileText.isIn(text)) {
      return WITHHELD;
    }
    String line = line(text, MAX_DETAIL);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** What the pipeline itself says, which may take longer than a detail. */
  public static String remark(String text) {
    return line(text, MAX_REMARK);
  }

  /** A reason code in words: {@code DISK_FILLING} is {@code disk filling}. */
  public static String words(@Nullable String code) {
    if (code != null && CODE.matcher(code).matches()) {
      return code.replace('_', ' ').toLowerCase(Locale.ROOT).strip();
    }
    return name(code, "a reason without a code");
  }

  private static String line(@Nullable String text, int max) {
    if (text == null) {
      return "";
    }
    String line = UNSEEN.matcher(text).replaceAll(" ");
    line = MARKUP.matcher(line).replaceAll(" ");
    line = QUOTES.matcher(line).replaceAll("'");
    line =
        SECTION_NAME
            .matcher(line)
            .replaceAll(found -> Matcher.quoteReplacement(found.group().replace('_', ' ')));
    return shorten(line.replaceAll(" {2,}", " ").strip(), max);
  }

  private static String shorten(String text, int max) {
    if (text.codePointCount(0, text.length()) <= max) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, max - 1)).stripTrailing() + "…";
  }

  private static Pattern sectionNames() {
    StringBuilder names = new StringBuilder();
    for (ReportSection section : ReportSection.values()) {
      names.append(names.isEmpty() ? "" : "|").append(section.name());
    }
    return Pattern.compile(names.toString(), Pattern.CASE_INSENSITIVE);
  }
}
