package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that heads what follows. {@code level} counts the number signs, 0 for a line that is a
 * section's name without any. {@code section} is null where the title names none. {@code rest} is
 * what stands behind the name: after a colon it is already content.
 */
record Heading(int level, @Nullable ReportSection section, String title, String rest) {

  private static final int LONGEST = 200;
  private static final int MAX_LEVEL = 6;

  private record Name(ReportSection section, String letters) {}

  private static final List<Name> NAMES = names();

  private static List<Name> names() {
    List<Name> names = new ArrayList<>();
    for (ReportSection section : ReportSection.values()) {
      String letters = section.name().replace("_", "");
      names.add(new Name(section, letters));
      if (letters.endsWith("IES")) {
        names.add(new Name(section, letters.substring(0, letters.length() - 3) + "Y"));
      } else if (letters.endsWith("S")) {
        names.add(new Name(section, letters.substring(0, letters.length() - 1)));
      }
    }
    return List.copyOf(names);
  }

  /**
   * Reads the line as a heading, if it is one. Looks at each character a bounded number of times.
   */
  static Optional<Heading> read(String line) {
    String stripped = line.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST) {
      return Optional.empty();
    }
    int level = 0;
    while (level < stripped.length() && stripped.charAt(level) == '#') {
      level++;
    }
    if (level > MAX_LEVEL) {
      return Optional.empty();
    }
    String title = stripped.substring(level).strip();
    return level > 0 ? marked(level, title, stripped) : unmarked(title);
  }

  /** Whether content stands on the heading's own line. */
  boolean hasContent() {
    return rest.startsWith(":") && !content().isEmpty();
  }

  String content() {
    return rest.startsWith(":") ? trimLeft(rest.substring(1), " \t*_") : "";
  }

  /** Whether there is more than the name, a note in parentheses aside. */
  private boolean hasWords() {
    return !rest.isEmpty() && !rest.startsWith("(");
  }

  /** Whether it names a section and nothing else. */
  boolean isExact() {
    return section != null && !hasWords();
  }

  private static Optional<Heading> marked(int level, String title, String line) {
    Heading heading = withSection(level, title);
    if (heading.section() != null) {
      return Optional.of(heading);
    }
    // without a blank it is "#42" or "#!": text
    boolean spaced = line.length() > level && Character.isWhitespace(line.charAt(level));
    return spaced ? Optional.of(heading) : Optional.empty();
  }

  /** {@code **FLEET NARRATIVE**} or {@code FLEET_NARRATIVE:} alone on a line. */
  private static Optional<Heading> unmarked(String title) {
    boolean bold = title.startsWith("**") || title.startsWith("__");
    boolean shouted = title.chars().noneMatch(Character::isLowerCase);
    if (!bold && !shouted) {
      return Optional.empty();
    }
    Heading heading = withSection(0, title);
    return heading.isExact() && !heading.hasContent() ? Optional.of(heading) : Optional.empty();
  }

  private static Heading withSection(int level, String title) {
    String unnumbered = withoutNumber(trimLeft(title, " \t*_`"));
    for (Name name : NAMES) {
      int end = endOf(name.letters(), unnumbered);
      if (end >= 0) {
        String rest = trimLeft(unnumbered.substring(end), " \t*_`#");
        if (rest.equals(":") || rest.chars().allMatch(c -> ":*_`# ".indexOf(c) >= 0)) {
          rest = "";
        }
        return new Heading(level, name.section(), title, rest);
      }
    }
    return new Heading(level, null, title, "");
  }

  /** Where the name ends in the title, its words joined by anything, or -1. */
  private static int endOf(String letters, String title) {
    int at = 0;
    for (int i = 0; i < letters.length(); i++) {
      while (i > 0 && at < title.length() && " _-\\\t".indexOf(title.charAt(at)) >= 0) {
        at++;
      }
      if (at >= title.length() || Character.toUpperCase(title.charAt(at)) != letters.charAt(i)) {
        return -1;
      }
      at++;
    }
    return at < title.length() && Character.isLetterOrDigit(title.charAt(at)) ? -1 : at;
  }

  /** Without {@code 1.}, {@code 1)}, {@code 1:} or {@code Section 1:} in front. */
  private static String withoutNumber(String title) {
    String text = title;
    for (String word : List.of("section", "step", "part")) {
      if (text.regionMatches(true, 0, word, 0, word.length())) {
        text = trimLeft(text.substring(word.length()), " \t");
        break;
      }
    }
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0) {
      return title;
    }
    return trimLeft(text.substring(digits), " \t.):-–—*_`");
  }

  private static String trimLeft(String text, String characters) {
    int at = 0;
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(at);
  }
}
