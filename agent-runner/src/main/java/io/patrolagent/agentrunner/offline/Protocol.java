package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.offline.evidence.Conversation;
import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.offline.evidence.SqlQuestions;
import io.patrolagent.agentrunner.offline.evidence.ToolCall;
import io.patrolagent.agentrunner.offline.rule.Subject;
import io.patrolagent.agentrunner.offline.rule.Words;
import io.patrolagent.common.patrol.ReportType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What to ask next: the fleet first, then its worst clusters, then what explains them. Each step is
 * asked at once, or in two where it is more than a round may hold; what was asked before is not
 * asked again, whatever came of it. What comes next is decided by the conversation alone.
 */
final class Protocol {

  private static final int MOST_ROUNDS = 6;
  private static final int MOST_SEARCHES = 9;
  private static final int MOST_IN_ONE_QUERY = 60;
  private static final int MOST_BACKUPS = 3;
  private static final int BACKUP_HOURS = 96;

  /** More in one message keep others waiting, and some of them would be refused. */
  private static final int MOST_CALLS_AT_ONCE = 16;

  private final Conversation conversation;
  private final Evidence evidence;
  private final SqlQuestions questions;
  private final List<ClusterFinding> rated;

  private Protocol(Conversation conversation, Evidence evidence, SqlQuestions questions) {
    this.conversation = conversation;
    this.evidence = evidence;
    this.questions = questions;
    this.rated = Findings.rated(conversation.snapshot(), evidence.summary());
  }

  /**
   * The calls of the next round; none where it is time to write. A conversation that another model
   * began is not carried on: its results are taken as they are.
   */
  static List<ToolCall> next(Conversation conversation, Evidence evidence, SqlQuestions questions) {
    if (conversation.offered().isEmpty()
        || conversation.begunByAnother()
        || conversation.rounds() >= MOST_ROUNDS) {
      return List.of();
    }
    Protocol protocol = new Protocol(conversation, evidence, questions);
    return Stream.<Supplier<List<ToolCall>>>of(
            protocol::fleet, protocol::clusters, protocol::explanations)
        .map(Supplier::get)
        .map(protocol::possibleAndNew)
        .filter(calls -> !calls.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<ToolCall> possibleAndNew(List<ToolCall> calls) {
    return calls.stream()
        .filter(call -> conversation.offered().contains(call.tool()))
        .filter(call -> !conversation.wasMade(call))
        .distinct()
        .limit(MOST_CALLS_AT_ONCE)
        .toList();
  }

  private List<ToolCall> fleet() {
    List<ToolCall> calls = new ArrayList<>();
    calls.add(new ToolCall("query_fleet_summary", arguments()));
    calls.add(new ToolCall("query_open_issues", arguments()));
    calls.add(
        new ToolCall(
            "get_previous_patrol",
            conversation.asked().reportType() == ReportType.WEEKLY
                ? arguments().put("report_type", "weekly")
                : arguments()));
    addSql(calls, questions.regions());
    addSql(calls, questions.noise(conversation.snapshot().takenAt()));
    return calls;
  }

  private List<ToolCall> clusters() {
    DeepDives dives = DeepDives.among(rated);
    List<ToolCall> calls = new ArrayList<>();
    for (ClusterFinding finding : dives.deep()) {
      String id = finding.cluster().clusterId();
      calls.add(new ToolCall("get_cluster_metrics", arguments(id)));
      calls.add(new ToolCall("get_cluster_alerts", arguments(id)));
      calls.add(new ToolCall("get_infrastructure_state", arguments(id)));
      calls.add(new ToolCall("search_logs", arguments(id).put("level", "WARN")));
    }
    for (ClusterFinding finding : dives.light()) {
      String id = finding.cluster().clusterId();
      calls.add(new ToolCall("get_cluster_metrics", arguments(id)));
      calls.add(new ToolCall("search_logs", arguments(id).put("level", "WARN")));
    }
    List<String> others =
        dives.others(rated).stream()
            .map(finding -> finding.cluster().clusterId())
            .limit(MOST_IN_ONE_QUERY)
            .toList();
    if (!others.isEmpty()) {
      addSql(calls, questions.errors(others, conversation.snapshot().takenAt()));
    }
    return calls;
  }

  private List<ToolCall> explanations() {
    Assessment assessment = Assessment.of(conversation, evidence);
    List<ToolCall> calls = new ArrayList<>();
    searches(assessment).stream()
        .limit(MOST_SEARCHES)
        .forEach(
            query ->
                calls.add(new ToolCall("search_knowledge_lake", arguments().put("query", query))));
    assessment.findings().stream()
        .filter(finding -> finding.codes().stream().anyMatch(Subject.BACKUP::isNamedBy))
        .limit(MOST_BACKUPS)
        .map(finding -> finding.cluster().clusterId())
        .forEach(id -> addBackup(calls, id));
    Map<String, ? extends Collection<String>> traits = Pattern.unmeasured(assessment);
    if (!traits.isEmpty()) {
      addSql(calls, questions.sizes(traits));
    }
    return calls;
  }

  /** Whether backups stopped silently takes the log's last word on them, and the alerts. */
  private static void addBackup(List<ToolCall> calls, String id) {
    calls.add(
        new ToolCall(
            "search_logs",
            arguments(id).put("query", "backup").put("hours", BACKUP_HOURS).put("limit", 5)));
    calls.add(new ToolCall("get_cluster_alerts", arguments(id)));
  }

  /** An error code says best what to look for; where there is none, the reason's words do. */
  private static Set<String> searches(Assessment assessment) {
    Set<String> queries = new LinkedHashSet<>();
    if (!assessment.blindSpots().isEmpty()) {
      queries.add("collector stopped region");
    }
    for (ClusterFinding finding : assessment.findings()) {
      Stream<String> words = finding.codes().stream().map(Protocol::words);
      Stream.concat(finding.errorCodes().stream(), words).limit(1).forEach(queries::add);
    }
    return queries;
  }

  /** {@code disk filling} of {@code DISK_FILLING}. */
  private static String words(String code) {
    return String.join(" ", Words.of(code)).strip().toLowerCase(Locale.ROOT);
  }

  private void addSql(List<ToolCall> calls, String sql) {
    // query_sql reads the whole fleet or nothing
    if (conversation.asked().scope().isFleet()) {
      calls.add(new ToolCall("query_sql", arguments().put("sql", sql).put("max_rows", 200)));
    }
  }

  private static ObjectNode arguments() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode arguments(String clusterId) {
    return arguments().put("cluster_id", clusterId);
  }
}
