package io.patrolagent.common.report;

/** The marks that models put around a text in JSON. */
final class Quotes {

  private static final String OPENING = "\"'“‘„`”";

  private Quotes() {}

  static boolean open(char c) {
    return OPENING.indexOf(c) >= 0;
  }

  static boolean closes(char open, char c) {
    return switch (open) {
      case '“', '„', '”' -> c == '”' || c == '“' || c == '"';
      case '‘' -> c == '’' || c == '\'';
      default -> c == open;
    };
  }
}
