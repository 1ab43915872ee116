package io.patrolagent.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alert rules against the table of metrics, which a running service is held to. */
class MonitoringFilesTest {

  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path RULES = DEPLOY.resolve("prometheus/alerts.yml");
  private static final Path RULE_TESTS = DEPLOY.resolve("prometheus/alerts_test.yml");
  private static final Path DASHBOARD = DEPLOY.resolve("grafana/patrolagent.json");
  private static final Pattern METRIC =
      Pattern.compile("(?<![.\\w])((?:patrol|hikaricp|jvm|process|system)_[a-z_]+)\\b");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\S+)");

  @Test
  void theRulesNameNoMetricThatNoServiceTells() throws Exception {
    assertThat(MetricsTable.read().metrics()).containsAll(metrics(Files.readString(RULES)));
  }

  @Test
  void theDashboardNamesNoMetricThatNoServiceTells() throws Exception {
    assertThat(MetricsTable.read().metrics()).containsAll(metrics(String.join("\n", queries())));
  }

  @Test
  void theDashboardShowsEveryMetricOfOurs() throws Exception {
    Set<String> ours =
        MetricsTable.read().metrics().stream()
            .filter(metric -> metric.startsWith("patrol_"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(metrics(String.join("\n", queries()))).containsAll(ours);
  }

  @Test
  void everyPanelReadsTheChosenSourceAndJob() throws Exception {
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        for (JsonNode target : panel.get("targets")) {
          assertThat(target.get("expr").asText())
              .as(panel.get("title").asText())
              .contains("job=~\"$job\"");
        }
      }
    }
  }

  @Test
  void everyAlertSaysWhatToDoAndHasATest() throws Exception {
    String tests = Files.readString(RULE_TESTS);
    List<String> rules = Arrays.asList(Files.readString(RULES).split("(?=- alert: )"));

    assertThat(rules.subList(1, rules.size()))
        .allSatisfy(
            rule -> {
              String name = ALERT.matcher(rule).results().findFirst().orElseThrow().group(1);
              assertThat(rule)
                  .as(name)
                  .contains("severity:", "summary:", "description:", "action:");
              assertThat(tests).contains("alertname=\"" + name + "\",alertstate=\"firing\"");
            });
  }

  /** Where Prometheus' own tool is there (the Debian package prometheus has it). */
  @Test
  void promtoolAcceptsTheRulesAndTheirTests() throws Exception {
    assumeTrue(onThePath("promtool"), "promtool is not installed: rules are not checked by it");

    assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
    assertThat(promtool("test", "rules", RULE_TESTS.toString())).contains("SUCCESS");
  }

  private static boolean onThePath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  private static String promtool(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("promtool"), Arrays.stream(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static Set<String> metrics(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(found -> MetricsTable.baseName(found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> queries() throws IOException {
    return new ObjectMapper()
        .readTree(DASHBOARD.toFile()).findValues("expr").stream().map(JsonNode::asText).toList();
  }
}
