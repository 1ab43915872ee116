package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/** A closed list of words, such as High, Medium and Low, and how else models write them. */
interface Scale {

  /** The word that what was written stands for, or null where nobody can be sure. */
  @Nullable String read(String written);

  /** Whether what was written is that very word, so that the word says all of it. */
  boolean isWord(String written);

  /** Whether these letters, in capitals, name what is on the scale, as in {@code Confidence: …}. */
  boolean isName(String letters);

  /** The letters and digits of a text, in capitals. */
  static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    text.codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> letters.appendCodePoint(Character.toUpperCase(c)));
    return letters.toString();
  }
}
