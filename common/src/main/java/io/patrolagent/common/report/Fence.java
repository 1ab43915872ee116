package io.patrolagent.common.report;

import java.util.regex.Pattern;

/** A line that opens or closes a block of code; one that goes on with content is none. */
final class Fence {

  private static final int LONGEST = 80;
  private static final Pattern FENCE = Pattern.compile("\\s*+(?:```+|~~~+)\\s*+[\\w+.#-]*+\\s*+");

  private Fence() {}

  static boolean is(String line) {
    return line.length() <= LONGEST && FENCE.matcher(line).matches();
  }
}
