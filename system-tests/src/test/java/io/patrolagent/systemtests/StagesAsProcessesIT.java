package io.patrolagent.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stages as processes on the embedded broker. */
class StagesAsProcessesIT extends PipelineKit {

  private EmbeddedKafka kafka;

  @Override
  String startBroker() throws Exception {
    kafka = EmbeddedKafka.start();
    return kafka.bootstrapServers();
  }

  @Override
  void stopBroker() {
    kafka.close();
  }

  @Test
  void aWrongConfigurationIsSaidAtOnceAndEndsWithStatusTwo() throws Exception {
    ServiceProcess wrong =
        started(
            ServiceProcess.start(
                "report-sink",
                Map.of(
                    "PATROL_HTTP_PORT", "99999",
                    "PATROL_DATABASE_URL", "mysql://x",
                    "PATROL_MIGRATION", "run")));

    assertThat(wrong.awaitExit()).isEqualTo(2);
    assertThat(String.join("\n", wrong.log()))
        .contains("PATROL_HTTP_PORT=99999")
        .contains("PATROL_DATABASE_URL")
        .contains("PATROL_KAFKA_BOOTSTRAP_SERVERS")
        .contains("PATROL_MIGRATIONS"); // what was probably meant
  }

  @Test
  void aDatabaseWithoutTheTablesIsNotReadyAndNamesThem() throws Exception {
    Map<String, String> variables = environment("postgres");
    variables.put("PATROL_DATABASE_URL", database().createDatabase("empty"));
    variables.put("PATROL_TOPIC_PREFIX", "empty.");
    ServiceProcess aggregator = started(ServiceProcess.start("aggregator", variables));

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(aggregator.get("/health/ready").body())
                    .contains("byoc.clusters")
                    .contains("DOWN"));
    assertThat(aggregator.get("/health/live").statusCode()).isEqualTo(200);
  }
}
