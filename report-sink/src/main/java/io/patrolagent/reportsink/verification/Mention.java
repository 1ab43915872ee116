package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.ClusterMention;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word in a text that is a cluster's id or name, or looks like an id; then {@code id} is null.
 */
record Mention(int start, int end, String word, @Nullable String id) {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/@-]{0,127}+");

  /** They name something else, however much it looks like an id. */
  private static final Pattern OTHER_THING =
      Pattern.compile(
          "\\b(?:runbook|issue|ticket|incident|node|pod|host|document|error|code|rule|cve|rfc|kb"
              + "|account|instance|type|tablet|shard|job|task|release|version|zone|region)s?[ :#]\\W?$",
          Pattern.CASE_INSENSITIVE);

  /** All in a text, in their order. */
  static List<Mention> in(String text, FactIndex index) {
    List<Mention> mentions = new ArrayList<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      String word = FactReader.trimmed(words.group());
      String id = index.clusterOf(word);
      int end = words.start() + word.length();
      if (id != null || (ClusterMention.isId(word) && !isOther(text, words.start(), word, index))) {
        mentions.add(new Mention(words.start(), end, word, id));
      }
    }
    return mentions;
  }

  private static boolean isOther(String text, int start, String word, FactIndex index) {
    String before = text.substring(Math.max(0, start - 14), start);
    return OTHER_THING.matcher(before).find() || index.isWord(word);
  }
}
