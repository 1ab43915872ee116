package io.patrolagent.common.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be told from a text without understanding it. */
final class Prose {

  private static final Set<String> NOTHING = Set.of("none", "nothing", "n/a", "na", "-", "empty");
  private static final int LONGEST_DENIAL = 300;

  private static final List<String> DENIALS =
      List.of(
          "no ",
          "none ",
          "nothing ",
          "there is no ",
          "there are no ",
          "the snapshot names no ",
          "the snapshot shows no ");

  private Prose() {}

  /** The lines as one text, without fences, and without blanks and rules at its ends. */
  static String of(List<String> lines) {
    List<String> text = lines.stream().filter(line -> !Fence.is(line)).toList();
    int from = 0;
    int to = text.size();
    while (from < to && isEmpty(text.get(from))) {
      from++;
    }
    while (to > from && isEmpty(text.get(to - 1))) {
      to--;
    }
    return Blank.strip(String.join("\n", text.subList(from, to)));
  }

  private static boolean isEmpty(String line) {
    return line.isBlank() || Rule.is(line);
  }

  /** Whether the whole text is a word for nothing: {@code None.}, {@code N/A}. */
  static boolean isNothing(String text) {
    return NOTHING.contains(bare(text));
  }

  /** Whether a text that is no list says that the list is empty: {@code No cluster is flagged.} */
  static boolean deniesAny(String text) {
    String bare = bare(text);
    return NOTHING.contains(bare)
        || (bare.length() <= LONGEST_DENIAL
            && bare.indexOf('\n') < 0
            && DENIALS.stream().anyMatch(bare::startsWith));
  }

  private static String bare(String text) {
    if (text.length() > 2 * LONGEST_DENIAL) {
      return text;
    }
    String bare = text.strip().toLowerCase(Locale.ROOT);
    int from = 0;
    int to = bare.length();
    while (from < to && "*_`([".indexOf(bare.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && "*_`)].!".indexOf(bare.charAt(to - 1)) >= 0) {
      to--;
    }
    return bare.substring(from, to);
  }
}
