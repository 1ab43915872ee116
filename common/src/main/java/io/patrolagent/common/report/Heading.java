package io.patrolagent.common.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that heads what follows. {@code level} counts the number signs, 0 for a line that is a
 * section's name without any. {@code section} is null where the title names none. {@code rest} is
 * what stands behind the name: after a colon it is already content. {@code mark} is how much the
 * line looks like a heading.
 */
record Heading(int level, @Nullable ReportSection section, String title, String rest, Mark mark) {

  /** From what is a heading anywhere to what is one only where there is no better. */
  enum Mark {
    NUMBER_SIGN,
    BOLD,
    CAPITALS,
    PLAIN,
    OTHER_NAME
  }

  private static final int LONGEST = 200;
  private static final int MAX_LEVEL = 6;

  /**
   * Reads the line as a heading, if it is one. Looks at each character a bounded number of times.
   */
  static Optional<Heading> read(String line) {
    if (line.length() > 4 * LONGEST) {
      return Optional.empty();
    }
    String stripped = Blank.strip(line);
    if (stripped.isEmpty() || stripped.length() > LONGEST || stripped.charAt(0) == '|') {
      return Optional.empty();
    }
    int level = 0;
    while (level < stripped.length() && stripped.charAt(level) == '#') {
      level++;
    }
    if (level > MAX_LEVEL) {
      return Optional.empty();
    }
    String title = Blank.strip(stripped.substring(level));
    return level > 0 ? marked(level, title, stripped) : unmarked(title);
  }

  /** A line that the next one underlines. */
  static Optional<Heading> underlined(String line, int level) {
    return line.length() > LONGEST ? Optional.empty() : read("#".repeat(level) + " " + line);
  }

  /** Whether content stands on the heading's own line. */
  boolean hasContent() {
    return rest.startsWith(":") && !content().isEmpty();
  }

  /** What of the line is no heading; a note in parentheses is. */
  String content() {
    return hasWords() ? Title.trimLeft(rest, ":–—- \t*_>").strip() : "";
  }

  private boolean hasWords() {
    return !(rest.startsWith("(") && rest.indexOf(')') >= rest.length() - 3)
        && rest.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** Whether it names a section and nothing else. */
  boolean isExact() {
    return section != null && !hasWords();
  }

  private static Optional<Heading> marked(int level, String title, String line) {
    Optional<Heading> named = named(level, title, Mark.NUMBER_SIGN);
    if (named.isPresent()) {
      return named;
    }
    // without a blank it is "#42" or "#!": text
    boolean spaced = line.length() > level && Blank.is(line.charAt(level));
    return spaced
        ? Optional.of(new Heading(level, null, title, "", Mark.NUMBER_SIGN))
        : Optional.empty();
  }

  /** {@code **FLEET NARRATIVE**}, {@code II. FLEET_NARRATIVE:} or {@code Fleet narrative:}. */
  private static Optional<Heading> unmarked(String title) {
    int begin = Title.nameIn(title);
    String before = title.substring(0, begin);
    boolean bold = before.contains("**") || before.contains("__") || before.contains("==");
    Optional<Heading> named = named(0, title, bold ? Mark.BOLD : Mark.CAPITALS);
    boolean member = before.chars().anyMatch(c -> "\"'{`“,".indexOf(c) >= 0);
    if (named.isEmpty() || member) {
      return Optional.empty();
    }
    Heading heading = named.get();
    if (bold) {
      boolean whole = heading.isExact() || heading.hasContent();
      return whole ? named : Optional.empty();
    }
    String name = title.substring(begin, Math.max(begin, title.length() - heading.rest.length()));
    if (name.chars().noneMatch(Character::isLowerCase)) {
      boolean whole = heading.isExact() || (heading.hasContent() && name.contains("_"));
      return whole && heading.mark != Mark.OTHER_NAME ? named : Optional.empty();
    }
    boolean bullet = BulletList.afterMarker(title) >= 0 && !Character.isDigit(title.charAt(0));
    boolean plain =
        heading.mark != Mark.OTHER_NAME
            && heading.isExact()
            && !heading.rest.startsWith("(")
            && !bullet
            && Character.isUpperCase(title.charAt(begin));
    return plain
        ? Optional.of(new Heading(0, heading.section, title, heading.rest, Mark.PLAIN))
        : Optional.empty();
  }

  private static Optional<Heading> named(int level, String title, Mark mark) {
    String name = title.substring(Title.nameIn(title));
    for (SectionName candidate : SectionName.ALL) {
      int end = candidate.endIn(name);
      if (end >= 0) {
        String rest = Title.trimLeft(name.substring(end), " \t*_`#=]>】");
        if (rest.codePoints().noneMatch(Character::isLetterOrDigit)) {
          rest = "";
        }
        boolean asked = !candidate.other();
        if (asked || rest.isEmpty()) {
          Mark of = asked ? mark : Mark.OTHER_NAME;
          return Optional.of(new Heading(level, candidate.section(), title, rest, of));
        }
      }
    }
    return Optional.empty();
  }
}
