package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.KafkaSettings;
import org.junit.jupiter.api.Test;

class KafkaCheckTest {

  @Test
  void anAddressThatDoesNotResolveIsDownAndNoFailureToStart() {
    try (KafkaCheck check = new KafkaCheck(KafkaSettings.of("no-such-host.invalid:9092"))) {
      assertThatThrownBy(check::check)
          .isInstanceOf(KafkaUnavailableException.class)
          .hasMessage("no broker of no-such-host.invalid:9092 answers over PLAINTEXT");
    }
  }

  @Test
  void afterCloseItIsDown() {
    KafkaCheck check = new KafkaCheck(KafkaSettings.of("127.0.0.1:1"));
    check.close();
    assertThatThrownBy(check::check).hasMessage("the client is closed");
  }
}
