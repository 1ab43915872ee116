package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaCheckIT {

  @Test
  void upWhileABrokerAnswersDownWithTheCauseWhileNoneDoesAndUpAgain() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        KafkaCheck check = new KafkaCheck(KafkaSettings.of(kafka.bootstrapServers()));
        Health health = new Health(Health.TIMEOUT, Duration.ZERO, System::nanoTime)) {
      health.dependency(check);
      assertThatCode(check::check).doesNotThrowAnyException();
      assertThat(health.ready().up()).isTrue();
      // When
      kafka.stop();
      // Then
      assertThat(health.ready().causes())
          .startsWith(
              "kafka: no broker of " + kafka.bootstrapServers() + " answers over PLAINTEXT: ")
          .doesNotContain("no answer within");
      kafka.restart();
      await().atMost(Duration.ofSeconds(30)).until(() -> health.ready().up());
    }
  }
}
