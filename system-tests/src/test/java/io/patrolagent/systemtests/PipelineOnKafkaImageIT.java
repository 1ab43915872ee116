package io.patrolagent.systemtests;

import static org.junit.jupiter.api.Assumptions.abort;

import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The same on Kafka's own image, of the clients' version. Reported as skipped where there is no
 * Docker, or no image and no registry to pull it from.
 */
@Testcontainers(disabledWithoutDocker = true)
class PipelineOnKafkaImageIT extends PipelineKit {

  private final KafkaContainer kafka =
      new KafkaContainer(DockerImageName.parse("apache/kafka:" + AppInfoParser.getVersion()));

  @Override
  String startBroker() {
    try {
      kafka.getDockerImageName(); // pulls it
    } catch (ContainerFetchException noImage) {
      abort("no image of Kafka: " + noImage.getMessage());
    }
    kafka.start();
    return kafka.getBootstrapServers();
  }

  @Override
  void stopBroker() {
    kafka.stop();
  }
}
