package io.patrolagent.agentrunner.tool;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of a metric at which something gives out: a full disk, an expired certificate.
 *
 * <p>Only what has a hard end has one. Latencies, error rates and loads have limits of each
 * operator's own. The age of a backup has none either: it rises in a line every day until the next.
 */
record Threshold(double value, Direction direction) {

  /** On which side of the threshold the trouble is. */
  enum Direction {
    ABOVE,
    BELOW;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Rule(Pattern name, Threshold threshold) {
    static Rule of(String name, double value, Direction direction) {
      return new Rule(Pattern.compile(name), new Threshold(value, direction));
    }
  }

  private static final String PERCENT = "(_percent|_pct|_percentage)$";
  private static final String FINITE =
      "(disk|storage|volume|filesystem|tablespace|inode|memory|mem|heap|swap|quota|connections?|descriptors?)";
  private static final String WORD = "(?<![a-z])";
  private static final String END = "(?![a-z])";

  /** By what a name means, the first that fits. */
  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "(days|hours)_(left|remaining)$|(_until_expiry|_expires_in)_?(days|hours)$",
              0,
              Direction.BELOW),
          Rule.of(
              WORD + FINITE + END + ".*(free|available|left|remaining).*" + PERCENT,
              0,
              Direction.BELOW),
          Rule.of(WORD + FINITE + END + ".*" + PERCENT, 100, Direction.ABOVE),
          Rule.of(
              WORD + FINITE + END + ".*(used|usage|utilization)_(ratio|fraction)$",
              1,
              Direction.ABOVE));

  /** That of a metric of that name, if it has one. */
  static Optional<Threshold> of(String metric) {
    String name = metric.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return RULES.stream()
        .filter(rule -> rule.name().matcher(name).find())
        .map(Rule::threshold)
        .findFirst();
  }

  boolean isBeyond(double sample) {
    return direction == Direction.ABOVE ? sample >= value : sample <= value;
  }

  /** Whether a slope leads to it from the side where there is no trouble. */
  boolean isAhead(double slope) {
    return direction == Direction.ABOVE ? slope > 0 : slope < 0;
  }
}
