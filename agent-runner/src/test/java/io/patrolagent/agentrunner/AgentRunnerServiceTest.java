package io.patrolagent.agentrunner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.Env;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentRunnerServiceTest {

  @Test
  void saysEverythingThatIsMissingOrWrongAtOnce() {
    Env env = Env.of(Map.of("PATROL_AGENT_CONCURRENCY", "0"));

    assertThatThrownBy(() -> AgentRunnerService.create(env, new SimpleMeterRegistry()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "PATROL_KAFKA_BOOTSTRAP_SERVERS",
            "PATROL_DATABASE_URL",
            "PATROL_DATABASE_USER",
            "PATROL_AGENT_CONCURRENCY");
  }
}
