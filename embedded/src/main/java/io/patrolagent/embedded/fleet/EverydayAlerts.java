package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The alerts and issues that any cluster has had within a month. Nearly all are resolved; now and
 * then an alert of no weight has been firing for weeks because nobody turned it off.
 */
final class EverydayAlerts {

  private static final long SALT = 106;
  private static final long ISSUE_SALT = 107;
  private static final double MONTH = 30 * 24;
  private static final double FORGOTTEN_SHARE = 0.006;
  private static final double PAST_ISSUE_SHARE = 0.12;
  private static final double OPEN_ISSUE_SHARE = 0.015;

  private static final List<Topic> TOPICS =
      List.of(
          new Topic("QueryLatencyHigh", "warning", "p99 latency above threshold on "),
          new Topic("CpuHigh", "warning", "CPU above 85 % on "),
          new Topic("ConnectionSpike", "info", "Connections above 80 % of the limit on "),
          new Topic("CompactionScoreHigh", "warning", "Compaction score above 200 on "),
          new Topic("ReplicationLag", "warning", "Replicas more than a minute behind on "),
          new Topic("NodeUnreachable", "critical", "A node has missed three heartbeats on "),
          new Topic("LoadJobFailed", "info", "A load job has failed on "));

  private static final List<String> QUESTIONS =
      List.of(
          "Question about materialized view refresh on ",
          "Request to raise the connection limit on ",
          "Slow dashboard queries reported on ",
          "Load job failed with a schema mismatch on ",
          "Upgrade to be planned for ");

  private EverydayAlerts() {}

  static List<Alert> alerts(Cluster cluster, Condition condition) {
    List<Alert> alerts = new ArrayList<>(condition.alerts());
    if (cluster.isActive()) {
      SplittableRandom random = new SplittableRandom(Noise.mix(cluster.seed(), SALT));
      double span = Math.min(MONTH, cluster.ageHours());
      int past = (int) (6 * Math.pow(random.nextDouble(), 1.5));
      for (int i = 0; i < past; i++) {
        Topic topic = TOPICS.get(random.nextInt(TOPICS.size()));
        double fired = span * random.nextDouble();
        double lasted = Math.min(fired, 0.1 + 3 * random.nextDouble());
        alerts.add(topic.alert(cluster, fired, fired - lasted));
      }
      if (random.nextDouble() < FORGOTTEN_SHARE) {
        alerts.add(
            Alert.firing(
                "DeprecatedSetting",
                "info",
                "enable_legacy_planner is set on " + cluster.name(),
                span * (0.2 + 0.8 * random.nextDouble())));
      }
    }
    return alerts;
  }

  static List<Issue> issues(Cluster cluster, Condition condition) {
    List<Issue> issues = new ArrayList<>(condition.issues());
    if (cluster.isActive()) {
      SplittableRandom random = new SplittableRandom(Noise.mix(cluster.seed(), ISSUE_SALT));
      double span = Math.min(MONTH, cluster.ageHours());
      double draw = random.nextDouble();
      double opened = span * random.nextDouble();
      String title = QUESTIONS.get(random.nextInt(QUESTIONS.size())) + cluster.name();
      if (draw < PAST_ISSUE_SHARE) {
        String severity = draw < 0.01 ? "critical" : draw < 0.03 ? "high" : "medium";
        issues.add(new Issue(title, severity, opened, opened * random.nextDouble()));
      } else if (draw < PAST_ISSUE_SHARE + OPEN_ISSUE_SHARE) {
        issues.add(Issue.ongoing(title, random.nextBoolean() ? "low" : "medium", opened));
      }
    }
    return issues;
  }

  private record Topic(String name, String severity, String text) {
    Alert alert(Cluster cluster, double fired, double resolved) {
      return new Alert(name, severity, text + cluster.name(), fired, resolved);
    }
  }
}
