package io.patrolagent.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {

  private static final Map<String, String> HOUSE =
      Map.of(
          "PATROL_TOPIC_PREFIX", "house.",
          "PATROL_TOPICS", "verify",
          "PATROL_TOPIC_PARTITIONS", "6",
          "PATROL_TOPIC_REPLICATION_FACTOR", "3",
          "PATROL_TOPIC_MIN_ISR", "2");

  @Test
  void theTableSaysOfEachTopicHowItIsMadeAndWhoWritesAndReadsIt() {
    CommandLineRun run = CommandLineRun.of(HOUSE, "topics");

    assertThat(run.exitStatus()).isZero();
    assertThat(run.out())
        .contains(
            """
            house.patrol.agent-finished
              6 partitions, replication factor 3
            """)
        .contains("min.insync.replicas=2")
        .contains("  written by agent-runner, operator\n")
        .contains("User:patrol-agent-runner: the agent-runner\n")
        .contains("transactional-id house.patrol.agent-runner-*");
  }

  @Test
  void theCommandsMakeTopicsAndAccessControlListsWithKafkasOwnTools() {
    CommandLineRun run =
        CommandLineRun.of(
            HOUSE, "topics", "--format", "commands", "--principal", "aggregator=User:CN=agg");

    assertThat(run.exitStatus()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines)
        .contains(
            "kafka-topics.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN\" --create"
                + " --if-not-exists --topic house.patrol.requested --partitions 6"
                + " --replication-factor 3 --config cleanup.policy=delete --config"
                + " compression.type=zstd --config max.message.bytes=4194304 --config"
                + " message.timestamp.type=LogAppendTime --config min.insync.replicas=2 --config"
                + " retention.ms=604800000",
            "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN\" --add"
                + " --allow-principal 'User:CN=agg' --operation Read --operation DescribeConfigs"
                + " --topic house.patrol.requested",
            "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN\" --add"
                + " --allow-principal 'User:CN=agg' --operation Write --transactional-id"
                + " house.patrol.aggregator- --resource-pattern-type prefixed");
    assertThat(lines).noneMatch(line -> line.contains("Create"));
  }

  @Test
  void servicesMayCreateTheirTopicsOnlyWhereTheyDo() {
    CommandLineRun run = CommandLineRun.of(Map.of(), "topics", "--format", "commands");

    assertThat(run.out())
        .contains("'User:patrol-aggregator' --operation Read --operation Create --topic")
        .doesNotContain("'User:patrol-requester' --operation Write --operation Create");
  }

  @Test
  void jsonHoldsTheSameForPrograms() throws Exception {
    JsonNode sheet =
        new ObjectMapper().readTree(CommandLineRun.of(HOUSE, "topics", "--format", "json").out());

    assertThat(sheet.get("topics"))
        .anySatisfy(
            topic -> {
              assertThat(topic.get("name").asText()).isEqualTo("house.patrol.requested");
              assertThat(topic.get("written_by").toString()).contains("scheduler", "requester");
            });
    assertThat(sheet.get("acls"))
        .anySatisfy(
            acl -> {
              assertThat(acl.get("pattern_type").asText()).isEqualTo("PREFIXED");
              assertThat(acl.get("name").asText()).isEqualTo("house.patrol.report-sink-");
            });
  }

  @Test
  void aPartyThatDoesNotExistIsWrongUsageAndTheOthersAreNamed() {
    CommandLineRun run = CommandLineRun.of(HOUSE, "topics", "--principal", "mailer=User:m");

    assertThat(run.exitStatus()).isEqualTo(2);
    assertThat(run.err()).contains("mailer", "agent-runner", "subscriber");
  }
}
