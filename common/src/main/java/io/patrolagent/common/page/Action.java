package io.patrolagent.common.page;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recommended action, the findings on clusters that it names, in that order, and whether the
 * report before already asked for it.
 */
record Action(
    RecommendedAction recommended, List<Finding> clusters, List<Claim> claims, boolean handedOver) {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._:/@-]*+");
  private static final int MOST_CLUSTERS = 50;

  /** In the report's order. */
  static List<Action> of(PatrolReport report, List<Finding> findings, Claims claims) {
    Map<String, Finding> byId = new LinkedHashMap<>();
    findings.forEach(f -> byId.putIfAbsent(f.flagged().clusterId(), f));
    ReportDiff diff = report.diff();
    List<String> before =
        diff == null ? List.of() : diff.handover().stream().map(a -> key(a)).toList();
    List<Action> actions = new ArrayList<>();
    for (RecommendedAction action : report.recommendedActions()) {
      actions.add(
          new Action(
              action,
              named(action.text(), byId),
              claims.of(ReportSection.RECOMMENDED_ACTIONS, actions.size()),
              before.contains(key(action))));
    }
    return actions;
  }

  private static String key(RecommendedAction action) {
    return PlainText.line(action.text()).toLowerCase(Locale.ROOT);
  }

  private static List<Finding> named(String text, Map<String, Finding> byId) {
    Map<String, Finding> named = new LinkedHashMap<>();
    Matcher word = WORD.matcher(text);
    while (word.find() && named.size() < MOST_CLUSTERS) {
      String id = word.group();
      Finding finding = byId.get(id);
      int end = id.length();
      while (finding == null && end > 0 && ".:/@-_".indexOf(id.charAt(end - 1)) >= 0) {
        finding = byId.get(id.substring(0, --end));
      }
      if (finding != null) {
        named.putIfAbsent(finding.flagged().clusterId(), finding);
      }
    }
    return List.copyOf(named.values());
  }

  boolean isImmediate() {
    return urgencyName().equals("immediate");
  }

  /** {@code immediate}, {@code today}, {@code week}, or {@code other}. */
  String urgencyName() {
    String urgency = recommended.urgency() == null ? "" : recommended.urgency().strip();
    return switch (urgency.toLowerCase(Locale.ROOT)) {
      case "immediate" -> "immediate";
      case "today" -> "today";
      case "this week" -> "week";
      default -> "other";
    };
  }

  /** {@code c-1042 (ACME, tier S, eu-west-1): critical, new, ✓ verified}. */
  static String state(Finding finding) {
    List<String> parts = new ArrayList<>();
    if (finding.flagged().severity() != null) {
      parts.add(finding.flagged().severity());
    }
    var change = finding.change();
    if (change != null) {
      parts.add(Wording.change(change));
    }
    var mark = finding.mark();
    if (mark != null) {
      parts.add(Wording.mark(mark));
    }
    String whose = finding.known() == null ? "" : finding.known().whose();
    return finding.flagged().clusterId()
        + (whose.isEmpty() ? "" : " (" + whose + ")")
        + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }
}
