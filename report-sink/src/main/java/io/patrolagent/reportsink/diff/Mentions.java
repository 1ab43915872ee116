package io.patrolagent.reportsink.diff;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text names one of many clusters. A name is found as it is written and as a whole:
 * {@code c-1} is not in {@code c-10}, nor in {@code c-1-backup}, but is in {@code c-1/c-2} and
 * {@code **c-1**:}. The time is linear in the text, however many names there are.
 */
final class Mentions {

  private static final int LOOKED_AT = 10_000;
  private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{N}]++");

  /** A name of more runs of letters and digits is not found; an id in UUID's form has five. */
  private static final int MOST_RUNS = 12;

  private static final int LONGEST = 200;

  private final Set<String> names = new HashSet<>();

  Mentions(Set<String> names) {
    names.stream().filter(name -> name.length() <= LONGEST).forEach(this.names::add);
  }

  boolean any(String text) {
    String looked = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    int[] starts = new int[MOST_RUNS];
    int runs = 0;
    Matcher run = RUN.matcher(looked);
    while (run.find()) {
      starts[runs++ % MOST_RUNS] = run.start();
      if (endsOne(looked, starts, runs, run.end())) {
        return true;
      }
    }
    return false;
  }

  private boolean endsOne(String text, int[] starts, int runs, int end) {
    if (!isEdge(text, end, 1)) {
      return false;
    }
    for (int back = 1; back <= Math.min(runs, MOST_RUNS); back++) {
      int start = starts[(runs - back) % MOST_RUNS];
      if (end - start > LONGEST) {
        return false;
      }
      if (isEdge(text, start - 1, -1) && names.contains(text.substring(start, end))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word ends before this character: it joins nothing to what stands behind it. */
  private static boolean isEdge(String text, int at, int step) {
    if (at < 0 || at >= text.length() || "-_.".indexOf(text.charAt(at)) < 0) {
      return true;
    }
    int behind = at + step;
    return behind < 0 || behind >= text.length() || !Character.isLetterOrDigit(text.charAt(behind));
  }
}
