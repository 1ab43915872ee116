package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.report.BulletList.Item;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A flagged cluster out of an item of a list: {@code **c-0042** (critical): disk 91 %}. */
final class FlaggedClusterItem {

  private static final Pattern SUBJECT =
      Pattern.compile(
          "^(?:cluster(?:[ _]id)?\\b[ :]{0,2})?(\\*\\*|`|\\*\\*`)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern FIELD =
      Pattern.compile(
          "^[-*•+\\s]{0,8}[*_`]{0,2}([A-Za-z][A-Za-z0-9 _-]{0,40}?)[*_`]{0,2}:[*_]{0,2}\\s{0,4}(.*)$");
  private static final int LONGEST_ID = 200;

  private FlaggedClusterItem() {}

  static Optional<FlaggedCluster> cluster(Item item) {
    Label label = Label.of(item.text(), Severity.SCALE);
    String text =
        label.name() != null && label.text().length() < item.text().length()
            ? label.text()
            : item.text();
    Matcher subject = SUBJECT.matcher(Title.trimLeft(text, " "));
    int from = subject.find() ? subject.end() : 0;
    String named = Title.trimLeft(text, " ");
    int end = endOfId(named, from);
    String id = named.substring(from, end);
    boolean marked = subject.group(1) != null;
    if (id.isEmpty() || !(ClusterMention.isId(id) || (marked && isWord(id)))) {
      return Optional.empty();
    }
    return Optional.of(of(id, Title.trimLeft(named.substring(end), "*`_:,–— \t"), label, item));
  }

  private static int endOfId(String text, int from) {
    int end = from;
    while (end < text.length() && end - from <= LONGEST_ID && isIdPart(text, end)) {
      end++;
    }
    return end;
  }

  private static boolean isIdPart(String text, int at) {
    char c = text.charAt(at);
    boolean inner = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    return Character.isLetterOrDigit(c) || ("-_./".indexOf(c) >= 0 && inner);
  }

  private static boolean isWord(String id) {
    return id.chars().anyMatch(c -> Character.isDigit(c) || c == '-' || c == '_');
  }

  private static FlaggedCluster of(String id, String behind, Label label, Item item) {
    Label second = Label.of(behind.startsWith("- ") ? behind.substring(2) : behind, Severity.SCALE);
    String severity = label.name() == null ? second.name() : label.name();
    if (severity == null && item.group() != null) {
      severity = Severity.SCALE.read(BulletList.titleWords(item.group()));
    }
    Fields fields = new Fields(new LinkedHashMap<>());
    StringBuilder reason = new StringBuilder();
    String head = item.text().lines().findFirst().orElse("");
    second.text().lines().forEach(line -> line(line, head.endsWith(line), fields, reason));
    fields.put("cluster_id", TextNode.valueOf(id));
    if (severity != null && !fields.has(Fields.SEVERITY)) {
      fields.put("severity", TextNode.valueOf(severity));
    }
    if (!reason.isEmpty()) {
      String written = fields.take(Fields.REASON);
      String whole = reason.toString().strip();
      fields.put("reason", TextNode.valueOf(written == null ? whole : whole + "\n" + written));
    }
    return FlaggedClusterFields.cluster(fields).orElseThrow();
  }

  /** A line of its own that is a field; anything else is the reason. */
  private static void line(String line, boolean first, Fields fields, StringBuilder reason) {
    Matcher field = FIELD.matcher(line);
    if (line.length() < 500
        && field.matches()
        && !first
        && !fields.rest().containsKey(field.group(1))) {
      fields.put(field.group(1), TextNode.valueOf(Markup.strip(field.group(2))));
    } else {
      reason.append(line).append('\n');
    }
  }
}
