package io.patrolagent.reportsink.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence of a text, from {@code start} to before {@code end}; {@code opens} where a paragraph
 * begins with it.
 */
record Sentence(String text, int start, int end, boolean opens) {

  private static final Pattern END = Pattern.compile("[.!?;]+[\"”’)*_]*(?=\\s)|\\n+");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/@+-]{0,127}+");
  private static final int LONGEST = 1_500;
  private static final int MOST_WORDS = 120;
  private static final int LONGEST_PHRASE = 4;

  static List<Sentence> of(String text) {
    List<Sentence> sentences = new ArrayList<>();
    int start = 0;
    boolean opens = true;
    Matcher ends = END.matcher(text);
    while (ends.find()) {
      add(sentences, text, start, ends.end(), opens);
      opens = text.charAt(ends.start()) == '\n';
      start = ends.end();
    }
    add(sentences, text, start, text.length(), opens);
    return sentences;
  }

  /** Nobody writes one as long as {@link #LONGEST}: what pretends to be is looked at in parts. */
  private static void add(
      List<Sentence> sentences, String text, int start, int end, boolean opens) {
    int from = start;
    while (end - from > LONGEST) {
      sentences.add(new Sentence(text, from, from + LONGEST, opens && from == start));
      from += LONGEST;
    }
    sentences.add(new Sentence(text, from, end, opens && from == start));
  }

  String words() {
    return text.substring(start, end);
  }

  /** Its words, and each run of up to four of them, in lower case. */
  List<String> phrases() {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text).region(start, end);
    while (word.find() && words.size() < MOST_WORDS) {
      words.add(FactReader.trimmed(word.group()).toLowerCase(Locale.ROOT));
    }
    List<String> phrases = new ArrayList<>(words.size() * LONGEST_PHRASE);
    for (int from = 0; from < words.size(); from++) {
      StringBuilder phrase = new StringBuilder();
      for (int to = from; to < Math.min(words.size(), from + LONGEST_PHRASE); to++) {
        phrase.append(phrase.isEmpty() ? "" : " ").append(words.get(to));
        phrases.add(phrase.toString());
      }
    }
    return phrases;
  }
}
