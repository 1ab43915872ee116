package io.patrolagent.common.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A closed list of words, such as High, Medium and Low, and how else models write them. */
interface Scale {

  /** The word that what was written stands for, or null where nobody can be sure. */
  @Nullable String read(String written);

  /** Whether what was written is that very word, so that the word says all of it. */
  boolean isWord(String written);

  /** Whether these letters, in capitals, name what is on the scale, as in {@code Confidence: …}. */
  boolean isName(String letters);

  /** The word that a text without separators stands for, or null. */
  default @Nullable String one(String written) {
    return read(written);
  }

  /**
   * The words among the parts of a text, each once; none where the first part is neither a word nor
   * the scale's name, as in "disk high", or where all words stand there, as in the format's own
   * line.
   */
  default List<String> words(String written, Pattern separators) {
    Set<String> found = new LinkedHashSet<>();
    for (String part : separators.split(written, -1)) {
      String word = one(part);
      if (word != null) {
        found.add(word);
      } else if (found.isEmpty() && !part.isBlank() && !isName(letters(part))) {
        return List.of();
      }
    }
    return found.size() > 2 ? List.of() : List.copyOf(found);
  }

  /** The letters and digits of a text, in capitals. */
  static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    text.codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> letters.appendCodePoint(Character.toUpperCase(c)));
    return letters.toString();
  }
}
