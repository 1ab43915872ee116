package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of a prediction's words which cluster it is about, what will happen, past which bound
 * and when. What the words leave open stays null; the words themselves stay whole.
 */
final class PredictionText {

  private static final int LOOKED_AT = 2_000;

  /** A bound with its unit; what is counted in hours is a window, and a time of day is none. */
  private static final Pattern THRESHOLD =
      Pattern.compile(
          "(?:\\b(?:exceed(?:s|ing)?|reach(?:es|ing)?|cross(?:es|ing)?|hit(?:s|ting)?|pass(?:es|ing)?"
              + "|above|over|below|under|beyond|at least|more than|less than|up to|fill(?:s)? to)"
              + "\\s(?:the\\s|its\\s)?|[≥≤><]=?\\s?)[~≈]?(\\d[\\d.,'\\u00A0\\u202F]{0,14})"
              + "(\\s?(?:%|percent\\b|[a-zA-ZµΩ]{1,12}(?:/[a-zA-Z]{1,6})?))?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TIME_UNIT =
      Pattern.compile(
          "\\s?(?:h|hrs?|hours?|min(?:ute)?s?|d|days?|w|weeks?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern KEYED =
      Pattern.compile(
          "^[-*•+\\s]{0,8}[*_]{0,2}([A-Za-z][A-Za-z _-]{1,24}?)[*_]{0,2}:[*_]{0,2}\\s{0,4}(.+)$");
  private static final Pattern LABEL =
      Pattern.compile("[*_ ]{0,3}[\\[(【][^\\[\\]()【】\\n]{1,60}+[\\])】][*_: ]{0,4}");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!](?=\\s|$)|\\n|; ");

  private final ClusterMention clusters;
  private final @Nullable Instant writtenAt;

  PredictionText(Set<String> flagged, @Nullable Instant writtenAt) {
    this.clusters = new ClusterMention(flagged);
    this.writtenAt = writtenAt;
  }

  Prediction read(@Nullable String confidence, String text, @Nullable Fields written) {
    Fields fields = written == null ? keyed(text) : written;
    String hours = fields.take(Fields.WINDOW_HOURS);
    String when = fields.take(Fields.WINDOW);
    Window window =
        when != null
            ? Window.ofField(when, writtenAt)
            : hours != null ? Window.ofHours(hours) : Window.in(text, writtenAt);
    String cluster = fields.take(Fields.CLUSTER);
    String threshold = fields.take(Fields.THRESHOLD);
    String event = fields.take(Fields.EVENT);
    return new Prediction(
        confidence,
        cluster != null ? clusters.of(cluster) : clusters.in(behindLabel(text)),
        event != null ? event : event(behindLabel(text)),
        threshold != null ? threshold : threshold(behindLabel(text)),
        window == null ? null : window.written(),
        window == null ? null : window.hoursFrom(),
        window == null ? null : window.hoursTo(),
        text);
  }

  /** Without a label that was left in the text because it says more than its word. */
  private static String behindLabel(String text) {
    Matcher label = LABEL.matcher(text);
    return label.lookingAt() && label.end() < text.length() ? text.substring(label.end()) : text;
  }

  /** The lines of an item that are fields: {@code Window: within 24 h}. */
  private static Fields keyed(String text) {
    Fields fields = new Fields(new LinkedHashMap<>());
    if (text.indexOf('\n') < 0 || text.length() > LOOKED_AT) {
      return fields;
    }
    text.lines()
        .map(KEYED::matcher)
        .filter(Matcher::matches)
        .forEach(line -> fields.put(line.group(1), TextNode.valueOf(line.group(2).strip())));
    return fields;
  }

  private static @Nullable String threshold(String text) {
    String looked = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    Matcher bound = THRESHOLD.matcher(looked);
    while (bound.find()) {
      String unit = bound.group(2);
      int end = bound.end();
      boolean clock = end < looked.length() && looked.charAt(end) == ':';
      boolean time = unit != null && TIME_UNIT.matcher(unit).matches();
      if (!clock && !time) {
        return trimmed(
            wordUnit(unit) ? looked.substring(bound.start(), bound.end(1)) : bound.group());
      }
    }
    return null;
  }

  /** Whether what follows the number is a word of the sentence and no unit: {@code 95 by noon}. */
  private static boolean wordUnit(@Nullable String unit) {
    return unit != null
        && Set.of(
                "by", "in", "within", "on", "at", "and", "or", "before", "after", "for", "if", "of",
                "to", "around", "about")
            .contains(unit.strip());
  }

  private static String trimmed(String bound) {
    int end = bound.length();
    while (end > 0 && ".,' ".indexOf(bound.charAt(end - 1)) >= 0) {
      end--;
    }
    return bound.substring(0, end);
  }

  /** The first sentence, without the cluster that heads it. */
  private String event(String text) {
    String looked = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    String headless = clusters.behindSubject(looked);
    Matcher end = SENTENCE_END.matcher(headless);
    String sentence = end.find() && end.start() > 0 ? headless.substring(0, end.start()) : headless;
    return Blank.strip(sentence);
  }
}
