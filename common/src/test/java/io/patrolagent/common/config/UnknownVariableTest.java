package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownVariableTest {

  @ParameterizedTest
  @CsvSource({
    "PATROL_DATABASE_PASWORD, PATROL_DATABASE_PASSWORD",
    "PATROL_DATABASE_PASSWORT_FILE, PATROL_DATABASE_PASSWORD_FILE",
    "PATROL_AGENT_CONCURENCY, PATROL_AGENT_CONCURRENCY",
    "PATROL_HTTPPORT, PATROL_HTTP_PORT",
    "PATROL_KAFKA_BOOTSTRAP_SERVER, PATROL_KAFKA_BOOTSTRAP_SERVERS",
    "PATROL_KAFKA_SASL_MECHANISMS, PATROL_KAFKA_SASL_MECHANISM"
  })
  void aMisspeltSettingGetsASuggestionAndItsValueIsNotRepeated(String wrong, String right) {
    Env env = Env.of(Map.of(wrong, "hunter2"));
    assertThatThrownBy(env::verify)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(wrong + ": ")
        .hasMessageContaining("did you mean " + right + "?")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatResemblesNothingGetsNoSuggestion() {
    Env env = Env.of(Map.of("PATROL_FLUX_CAPACITOR", "1"));
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_FLUX_CAPACITOR: is not a setting; --help lists those");
  }

  @Test
  void aPlainSettingHasNoFile() {
    Env env = Env.of(Map.of("PATROL_HTTP_PORT_FILE", "/run/port"));
    assertThatThrownBy(env::verify).hasMessageContaining("PATROL_HTTP_PORT_FILE");
  }

  @Test
  void otherProgramsVariablesAreNoneOfOurs() {
    Env env = Env.of(Map.of("PATH", "/bin", "PATROLMAN", "yes", "OPENAI_ORG", "x"));
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @Test
  void aSettingThatAnotherServiceReadsIsKnown() {
    Env env = Env.of(Map.of("PATROL_MIGRATIONS", "run", "PATROL_READER_USER", "reader"));
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "PATROL_SERVICE_HOST, 10.0.171.239",
    "PATROL_AGGREGATOR_SERVICE_HOST, fd00::1",
    "PATROL_AGGREGATOR_SERVICE_PORT, 8080",
    "PATROL_AGGREGATOR_SERVICE_PORT_METRICS, 8081",
    "PATROL_AGGREGATOR_PORT, tcp://10.0.171.239:8080",
    "PATROL_AGGREGATOR_PORT_8080_TCP, tcp://10.0.171.239:8080",
    "PATROL_AGGREGATOR_PORT_8080_TCP_PROTO, tcp",
    "PATROL_AGGREGATOR_PORT_8080_TCP_PORT, 8080",
    "PATROL_AGGREGATOR_PORT_8080_TCP_ADDR, 10.0.171.239",
    "PATROL_AGGREGATOR_PORT_53_UDP, udp://[fd00::1]:53",
    "PATROL_KAFKA_SERVICE_HOST, 10.0.171.239",
    "PATROL_KAFKA_PORT, tcp://10.0.171.239:9092",
    "PATROL_HTTP_PORT, tcp://10.0.171.239:80"
  })
  void whatKubernetesInjectsIsIgnored(String variable, String value) {
    Env env = Env.of(Map.of(variable, value));
    assertThat(env.integer(Setting.HTTP_PORT, 0, 65_535)).isZero();
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "PATROL_AGGREGATOR_SERVICE_HOST, somewhere",
    "PATROL_AGGREGATOR_SERVICE_PORT, http",
    "PATROL_AGGREGATOR_PORT, 8080",
    "PATROL_AGGREGATOR_PORT_8080_TCP_PROTO, maybe",
    "PATROL_AGGREGATOR_PORT_X_TCP, tcp://10.0.171.239:8080"
  })
  void whatOnlyLooksLikeItIsAProblem(String variable, String value) {
    Env env = Env.of(Map.of(variable, value));
    assertThatThrownBy(env::verify).hasMessageContaining(variable);
  }
}
