package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.TopicSettings.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** For every settings record: its defaults, every key set, and what it refuses. */
class SettingsRecordsTest {

  @Test
  void databaseDefaultsToNoPassword() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_DATABASE_URL", "jdbc:postgresql://db/fleet", "PATROL_DATABASE_USER", "u"));
    DatabaseSettings settings = DatabaseSettings.from(env);
    env.verify();
    assertThat(settings)
        .isEqualTo(new DatabaseSettings("jdbc:postgresql://db/fleet", "u", Secret.none()));
  }

  @Test
  void databaseWithEveryKeySet() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_DATABASE_URL", "jdbc:postgresql://db:5433/fleet?sslmode=verify-full",
                "PATROL_DATABASE_USER", "patrol_sink",
                "PATROL_DATABASE_PASSWORD", "hunter2"));
    DatabaseSettings settings = DatabaseSettings.from(env);
    env.verify();
    assertThat(settings)
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db:5433/fleet?sslmode=verify-full",
                "patrol_sink",
                new Secret("hunter2")));
    assertThat(settings.toString()).doesNotContain("hunter2");
  }

  @Test
  void databaseUrlAndUserAreNeeded() {
    Env env = Env.of(Map.of());
    DatabaseSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_DATABASE_URL: is needed")
        .hasMessageContaining("PATROL_DATABASE_USER: is needed")
        .hasMessageStartingWith("2 problems");
  }

  @Test
  void databaseUrlIsPostgresqls() {
    Env env =
        Env.of(Map.of("PATROL_DATABASE_URL", "postgres://db/fleet", "PATROL_DATABASE_USER", "u"));
    DatabaseSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining(
            "PATROL_DATABASE_URL=postgres://db/fleet: must start with jdbc:postgresql:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:hunter2@db/fleet",
        "jdbc:postgresql://db/fleet?password=hunter2",
        "jdbc:postgresql://db/fleet?user=u&PASSWORD=hunter2",
        "jdbc:postgresql://db/fleet?sslpassword=hunter2"
      })
  void databaseUrlWithCredentialsIsRefusedWithoutTellingThem(String url) {
    Env env = Env.of(Map.of("PATROL_DATABASE_URL", url, "PATROL_DATABASE_USER", "u"));
    DatabaseSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("must hold no user and no password; they belong in")
        .hasMessageNotContaining("hunter2");
    assertThat(env.effective().toString()).doesNotContain("hunter2");
    assertThatThrownBy(() -> new DatabaseSettings(url, "u", Secret.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void topicsDefaults() {
    Env env = Env.of(Map.of());
    TopicSettings settings = TopicSettings.from(env);
    env.verify();
    assertThat(settings)
        .isEqualTo(new TopicSettings("", Topics.CREATE, 12, -1, OptionalInt.empty()))
        .isEqualTo(TopicSettings.defaults());
  }

  @Test
  void topicsWithEveryKeySet() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_TOPIC_PREFIX", "staging.",
                "PATROL_TOPICS", "verify",
                "PATROL_TOPIC_PARTITIONS", "24",
                "PATROL_TOPIC_REPLICATION_FACTOR", "3",
                "PATROL_TOPIC_MIN_ISR", "2"));
    TopicSettings settings = TopicSettings.from(env);
    env.verify();
    assertThat(settings)
        .isEqualTo(new TopicSettings("staging.", Topics.VERIFY, 24, 3, OptionalInt.of(2)));
  }

  @Test
  void topicsThatKafkaWouldRefuseAreProblems() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_TOPIC_PREFIX", "stag/ing",
                "PATROL_TOPIC_PARTITIONS", "0",
                "PATROL_TOPIC_REPLICATION_FACTOR", "0"));
    TopicSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_TOPIC_PREFIX=stag/ing: must be up to 100 letters")
        .hasMessageContaining("PATROL_TOPIC_PARTITIONS=0: must be a whole number from 1 to 1000")
        .hasMessageContaining("PATROL_TOPIC_REPLICATION_FACTOR=0: must be -1 or");
  }

  @Test
  void minIsrAboveTheCopiesIsAProblem() {
    Env env = Env.of(Map.of("PATROL_TOPIC_REPLICATION_FACTOR", "1", "PATROL_TOPIC_MIN_ISR", "2"));
    TopicSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining(
            "PATROL_TOPIC_MIN_ISR=2: must not be above PATROL_TOPIC_REPLICATION_FACTOR=1");
  }

  @Test
  void httpDefaultsToLoopbackAndAnyPort() {
    Env env = Env.of(Map.of());
    HttpSettings settings = HttpSettings.from(env);
    env.verify();
    assertThat(settings).isEqualTo(new HttpSettings("127.0.0.1", 0, Optional.empty()));
  }

  @Test
  void httpWithEveryKeySet() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_HTTP_HOST", "0.0.0.0",
                "PATROL_HTTP_PORT", "8080",
                "PATROL_HTTP_TOKEN", "hunter2"));
    HttpSettings settings = HttpSettings.from(env);
    env.verify();
    assertThat(settings)
        .isEqualTo(new HttpSettings("0.0.0.0", 8080, Optional.of(new Secret("hunter2"))));
    assertThat(settings.toString()).doesNotContain("hunter2");
  }

  @Test
  void logDefaults() {
    Env env = Env.of(Map.of());
    LogSettings settings = LogSettings.from(env);
    env.verify();
    assertThat(settings).isEqualTo(new LogSettings(LogSettings.Format.TEXT, Level.INFO));
  }

  @Test
  void logWithEveryKeySet() {
    Env env = Env.of(Map.of("PATROL_LOG_FORMAT", "JSON", "PATROL_LOG_LEVEL", "warn"));
    LogSettings settings = LogSettings.from(env);
    env.verify();
    assertThat(settings).isEqualTo(new LogSettings(LogSettings.Format.JSON, Level.WARN));
  }
}
