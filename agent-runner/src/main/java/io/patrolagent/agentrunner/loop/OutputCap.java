package io.patrolagent.agentrunner.loop;

/** Keeps a tool's answer within its size: the head, the tail, and how much was cut between them. */
final class OutputCap {

  private static final double HEAD = 0.75;

  private OutputCap() {}

  /** At most about {@code max} characters; never half of a surrogate pair. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int head = whole(text, (int) (max * HEAD));
    int tail = whole(text, text.length() - (max - head));
    return text.substring(0, head)
        + " …[%,d characters cut; ask for less]… ".formatted(tail - head)
        + text.substring(tail);
  }

  private static int whole(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
  }
}
