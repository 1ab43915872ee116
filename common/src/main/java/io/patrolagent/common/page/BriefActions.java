package io.patrolagent.common.page;

import io.patrolagent.common.report.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to do now, in a chat message: each finding that is critical or has an action that cannot
 * wait, or has just come up or got worse, with the first such action; those that are new or worse
 * first. Actions that name no cluster follow.
 */
final class BriefActions {

  private static final int MOST = 4;
  private static final int COLUMNS = ReportBrief.COLUMNS;

  private final List<Finding> findings;
  private final List<Action> actions;

  private BriefActions(ReportView view) {
    Claims claims = new Claims(view.report(), view.times());
    findings = Finding.of(view.report(), claims);
    actions = Action.of(view.report(), findings, claims);
  }

  /** At most ten lines; none where there is nothing to do. */
  static List<String> lines(ReportView view) {
    return new BriefActions(view).lines();
  }

  private List<String> lines() {
    List<Finding> urgent =
        findings.stream()
            .filter(this::isUrgent)
            .sorted(Comparator.comparingInt(BriefActions::rank))
            .toList();
    List<Action> fleetWide =
        actions.stream().filter(a -> a.isImmediate() && a.clusters().isEmpty()).toList();
    int all = urgent.size() + fleetWide.size();
    List<String> lines = new ArrayList<>();
    if (all == 0) {
      return lines;
    }
    lines.add("DO NOW");
    int number = 0;
    for (Finding finding : urgent.stream().limit(MOST).toList()) {
      lines.add(problem(++number, finding));
      lines.add(action(finding));
    }
    for (Action action : fleetWide.stream().limit(Math.max(0, MOST - number)).toList()) {
      lines.add(ChatText.cut(++number + " " + text(action), COLUMNS));
    }
    if (all > number) {
      lines.add("+ " + Figures.count(all - number) + " more in the report");
    }
    return lines;
  }

  private boolean isUrgent(Finding finding) {
    boolean bad = finding.severityName().equals("critical");
    return bad
        || (finding.isNewOrWorse() && !finding.severityName().equals("info"))
        || actions.stream().anyMatch(a -> a.isImmediate() && a.clusters().contains(finding));
  }

  /** New or worse before the rest, critical before the rest; then as the writer ordered them. */
  private static int rank(Finding finding) {
    return (finding.isNewOrWorse() ? 0 : 2) + (finding.severityName().equals("critical") ? 0 : 1);
  }

  /** {@code 1 ACME (S) c-1042 disk 91 %, full about 14:00 ✓ NEW}. */
  private static String problem(int number, Finding finding) {
    StringBuilder line = new StringBuilder().append(number).append(' ');
    if (finding.customer() != null) {
      line.append(ChatText.cut(ChatText.of(finding.customer()), 30));
      if (finding.tier() != null) {
        line.append(" (").append(ChatText.cut(ChatText.of(finding.tier()), 4)).append(')');
      }
      line.append(' ');
    }
    line.append(ChatText.cut(ChatText.of(finding.flagged().clusterId()), 40));
    String end = end(finding);
    String reason = finding.flagged().reason();
    if (reason != null) {
      line.append(' ').append(ChatText.of(reason));
    }
    return ChatText.cut(line.toString(), COLUMNS - PlainText.width(end)) + end;
  }

  private static String end(Finding finding) {
    Mark mark = finding.mark();
    return (mark == null ? "" : " " + Wording.symbol(mark) + found(finding, mark))
        + (finding.flagged().addedFrom() == null ? "" : " (by code)")
        + (finding.isNewOrWorse() && finding.change() != null
            ? " " + Wording.change(finding.change()).toUpperCase(Locale.ROOT)
            : "");
  }

  /** Of a claim that is contradicted what the data says. */
  private static String found(Finding finding, Mark mark) {
    return finding.claims().stream()
        .filter(c -> mark == Mark.CONTRADICTED && c.mark() == mark && c.found() != null)
        .findFirst()
        .map(c -> " " + brief(c.name()) + " is " + brief(c.found()))
        .orElse("");
  }

  private static String brief(@Nullable String text) {
    return text == null ? "" : ChatText.cut(ChatText.of(text), 24);
  }

  private String action(Finding finding) {
    List<Action> naming = actions.stream().filter(a -> a.clusters().contains(finding)).toList();
    String text =
        naming.stream()
            .filter(Action::isImmediate)
            .findFirst()
            .or(() -> naming.stream().findFirst())
            .map(BriefActions::text)
            .orElse("no action is recommended");
    return ChatText.cut("  → " + text, COLUMNS);
  }

  private static String text(Action action) {
    String urgency = action.recommended().urgency();
    String when =
        action.isImmediate() || urgency == null
            ? ""
            : "[" + ChatText.cut(ChatText.of(urgency), 12) + "] ";
    return when + ChatText.of(action.recommended().text());
  }
}
