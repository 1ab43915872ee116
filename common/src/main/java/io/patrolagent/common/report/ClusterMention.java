package io.patrolagent.common.report;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the clusters that a text names. Of a sentence the one that it is about: an id that the
 * report flags, or else a word that looks like an id; nobody is guessed where several are named and
 * none heads the sentence.
 */
public final class ClusterMention {

  private static final int LOOKED_AT = 2_000;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/@-]*+");

  /**
   * Letters first, then at least one part behind a dash, and a digit: {@code c-0042}, {@code
   * a-b-03}.
   */
  private static final Pattern ID =
      Pattern.compile("(?=[^\\d]*+\\d)[A-Za-z][A-Za-z0-9]*+(?:[-_][A-Za-z0-9]++)++");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)(?:(?:us|eu|ap|sa|ca|me|af|il|cn|asia|europe|northamerica|australia)-[a-z-]*?\\d+[a-z]?"
              + "|(?:sev|p|tls|utf|sha|top|mid|pre|post|non|http|tier)[-_]?\\d+.*)");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "^(?:(?:the )?clusters?\\b[ :]{0,2})?[*_`'\"]{0,3}", Pattern.CASE_INSENSITIVE);

  private static final Pattern JOINED =
      Pattern.compile("^[*_`]{0,3}(?:\\s?[,&/+]\\s?(?:and )?|\\s(?:and|or)\\s)[*_`]{0,3}");

  private final Set<String> flagged;

  ClusterMention(Set<String> flagged) {
    this.flagged = flagged;
  }

  /** The id in a field; null where that holds several. */
  @Nullable String of(String field) {
    String written = Markup.strip(field);
    if (flagged.contains(written)) {
      return written;
    }
    boolean one = written.chars().noneMatch(c -> c == ',' || c == ';' || c == '\n');
    return one && !written.isEmpty() ? written : null;
  }

  @Nullable String in(String text) {
    String subject = subject(text);
    if (subject != null) {
      return several(text, subject) ? null : subject;
    }
    Set<String> known = new LinkedHashSet<>();
    Set<String> likely = new LinkedHashSet<>();
    Matcher word = words(text);
    while (word.find()) {
      String id = trimmed(word.group());
      if (flagged.contains(id)) {
        known.add(id);
      } else if (isId(id)) {
        likely.add(id);
      }
    }
    Set<String> found = known.isEmpty() ? likely : known;
    return found.size() == 1 ? found.iterator().next() : null;
  }

  /** The text behind an id that heads it, or all of it. */
  String behindSubject(String text) {
    String subject = subject(text);
    if (subject == null || several(text, subject)) {
      return text;
    }
    int end = text.indexOf(subject) + subject.length();
    String behind = Title.trimLeft(text.substring(end), "*_`'\": \t–—");
    behind = behind.startsWith("- ") ? behind.substring(2) : behind;
    return behind.isEmpty() ? text : behind;
  }

  private @Nullable String subject(String text) {
    Matcher before = SUBJECT.matcher(text);
    int from = before.find() ? before.end() : 0;
    Matcher word = words(text);
    if (!word.find(Math.min(from, word.regionEnd())) || word.start() != from) {
      return null;
    }
    String id = trimmed(word.group());
    return flagged.contains(id) || isId(id) ? id : null;
  }

  /** Whether the sentence goes on with another: {@code c-1, c-2 and c-3 will …}. */
  private boolean several(String text, String subject) {
    int end = text.indexOf(subject) + subject.length();
    String next = text.substring(end, Math.min(text.length(), end + 80));
    Matcher more = JOINED.matcher(next);
    if (!more.find()) {
      return false;
    }
    Matcher word = WORD.matcher(next);
    if (!word.find(more.end()) || word.start() != more.end()) {
      return false;
    }
    String id = trimmed(word.group());
    return !id.equals(subject) && (flagged.contains(id) || isId(id));
  }

  /** Every word of a text that looks like a cluster's id, in the text's order. */
  public static Set<String> idsIn(String text) {
    Set<String> ids = new LinkedHashSet<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String id = trimmed(word.group());
      if (isId(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static Matcher words(String text) {
    return WORD.matcher(text).region(0, Math.min(text.length(), LOOKED_AT));
  }

  private static String trimmed(String word) {
    int end = word.length();
    while (end > 0 && ".:/@-_".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  /** Whether a word looks like the id of a cluster, and of nothing else that is often named. */
  public static boolean isId(String word) {
    boolean id = ID.matcher(word).matches() || UUID.matcher(word).matches();
    return id && word.length() <= 128 && !OTHER.matcher(word).matches();
  }

  static Set<String> idsOf(Iterable<FlaggedCluster> clusters) {
    Set<String> ids = new HashSet<>();
    clusters.forEach(cluster -> ids.add(cluster.clusterId()));
    return ids;
  }
}
