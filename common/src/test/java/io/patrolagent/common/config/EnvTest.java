package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class EnvTest {

  @Test
  void unsetSettingsHaveTheCataloguesDefaults() {
    // Given
    Env env = Env.of(Map.of());
    // Then
    assertThat(env.string(Setting.HTTP_HOST)).isEqualTo("127.0.0.1");
    assertThat(env.integer(Setting.AGENT_CONCURRENCY, 1, 100)).isEqualTo(4);
    assertThat(env.choice(Setting.LOG_LEVEL, Level.class)).isEqualTo(Level.INFO);
    assertThat(env.optional(Setting.TOPIC_PREFIX)).isEmpty();
    assertThat(env.optionalInteger(Setting.TOPIC_MIN_ISR, 1, 9)).isEmpty();
    assertThat(env.secret(Setting.HTTP_TOKEN)).isEmpty();
    assertThat(env.directory(Setting.SQL_DIR)).isEmpty();
    assertThat(env.file(Setting.LLM_PRICES)).isEmpty();
    assertThat(env.list(Setting.LLM_PROVIDERS)).isEmpty();
    assertThat(env.uri(Setting.OPENAI_BASE_URL)).isEmpty();
    assertThat(env.secret(Setting.OPENAI_API_KEY)).isEmpty();
    assertThat(env.decimal(Setting.LLM_TEMPERATURE)).isEmpty();
    assertThat(env.duration(Setting.LLM_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @Test
  void everyTypeIsReadFromText(@TempDir Path directory) throws Exception {
    // Given
    Path file = Files.writeString(directory.resolve("prices.csv"), "");
    Env env =
        Env.of(
            Map.of(
                "PATROL_AGENT_CONCURRENCY", " 20 ",
                "PATROL_TOPIC_MIN_ISR", "2",
                "PATROL_LOG_LEVEL", "Debug",
                "PATROL_SQL_DIR", directory.toString(),
                "PATROL_LLM_PRICES", file.toString(),
                "PATROL_LLM_PROVIDERS", "anthropic, openai,,offline",
                "PATROL_LLM_TEMPERATURE", "0",
                "OPENAI_BASE_URL", "https://llm.example.org/v1",
                "OPENAI_API_KEY", "k"));
    // Then
    assertThat(env.integer(Setting.AGENT_CONCURRENCY, 1, 100)).isEqualTo(20);
    assertThat(env.optionalInteger(Setting.TOPIC_MIN_ISR, 1, 9)).hasValue(2);
    assertThat(env.choice(Setting.LOG_LEVEL, Level.class)).isEqualTo(Level.DEBUG);
    assertThat(env.directory(Setting.SQL_DIR)).contains(directory);
    assertThat(env.file(Setting.LLM_PRICES)).contains(file);
    assertThat(env.list(Setting.LLM_PROVIDERS)).containsExactly("anthropic", "openai", "offline");
    assertThat(env.decimal(Setting.LLM_TEMPERATURE, BigDecimal.ZERO, BigDecimal.ONE))
        .contains(BigDecimal.ZERO);
    assertThat(env.uri(Setting.OPENAI_BASE_URL)).contains(URI.create("https://llm.example.org/v1"));
    assertThat(env.secret(Setting.OPENAI_API_KEY)).contains(new Secret("k"));
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "7d, PT168H",
    "PT1H30M, PT1H30M"
  })
  void durationsAreShortOrIso(String text, Duration expected) {
    Env env = Env.of(Map.of("PATROL_LLM_TIMEOUT", text));
    assertThat(env.optionalDuration(Setting.LLM_TIMEOUT)).contains(expected);
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0s", "-5m", "PT-1S", "soon", "5 weeks", "99999999999s"})
  void otherDurationsAreProblems(String text) {
    Env env = Env.of(Map.of("PATROL_LLM_TIMEOUT", text));
    assertThat(env.optionalDuration(Setting.LLM_TIMEOUT)).isPresent();
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_LLM_TIMEOUT=" + text + ": must be a duration above 0")
        .hasMessageContaining("for example PATROL_LLM_TIMEOUT=90s");
  }

  @Test
  void whatIsOutOfBoundsOrNotThereIsAProblem() {
    // Given
    Env env =
        Env.of(
            Map.of(
                "PATROL_LLM_TEMPERATURE", "3",
                "PATROL_LLM_PRICES", "/not/there",
                "OPENAI_BASE_URL", "llm.example.org"));
    // When
    env.decimal(Setting.LLM_TEMPERATURE, BigDecimal.ZERO, BigDecimal.valueOf(2));
    env.file(Setting.LLM_PRICES);
    env.uri(Setting.OPENAI_BASE_URL);
    // Then
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_LLM_TEMPERATURE=3: must be a number from 0 to 2")
        .hasMessageContaining("PATROL_LLM_PRICES=/not/there: must be a file that exists")
        .hasMessageContaining("OPENAI_BASE_URL=llm.example.org: must be an absolute http");
  }

  @Test
  void everyProblemIsToldAtOnceWithVariableValueRuleAndExample() {
    // Given
    Env env =
        Env.of(
            Map.of(
                "PATROL_HTTP_PORT", "99999",
                "PATROL_AGENT_CONCURRENCY", "many",
                "PATROL_LOG_LEVEL", "loud",
                "PATROL_SQL_DIR", "/not/there"));
    env.integer(Setting.HTTP_PORT, 0, 65_535);
    env.integer(Setting.AGENT_CONCURRENCY, 1, Integer.MAX_VALUE);
    env.choice(Setting.LOG_LEVEL, Level.class);
    env.directory(Setting.SQL_DIR);
    env.required(Setting.DATABASE_URL);
    env.requiredSecret(Setting.DATABASE_PASSWORD);
    // When
    ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, env::verify);
    // Then
    assertThat(thrown.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "PATROL_HTTP_PORT=99999: must be a whole number from 0 to 65535, for example"
                + " PATROL_HTTP_PORT=8080",
            "PATROL_AGENT_CONCURRENCY=many: must be a whole number from 1, for example"
                + " PATROL_AGENT_CONCURRENCY=8",
            "PATROL_LOG_LEVEL=loud: must be one of error, warn, info, debug, trace, for example"
                + " PATROL_LOG_LEVEL=debug",
            "PATROL_SQL_DIR=/not/there: must be a directory that exists and can be read, for"
                + " example PATROL_SQL_DIR=/etc/patrol/sql",
            "PATROL_DATABASE_URL: is needed, but not set (JDBC URL of the PostgreSQL database,"
                + " without user and password), for example"
                + " PATROL_DATABASE_URL=jdbc:postgresql://db.example.org:5432/fleet",
            "PATROL_DATABASE_PASSWORD: is needed, but neither it nor PATROL_DATABASE_PASSWORD_FILE is set"
                + " (that role's password; unset where the server asks for none), for example"
                + " PATROL_DATABASE_PASSWORD=correct-horse");
    assertThat(thrown)
        .hasMessageStartingWith("6 problems in the configuration:\n  PATROL_HTTP_PORT=99999: ");
  }

  @Test
  void aSettingThatIsReadTwiceIsOneProblem() {
    // Given
    Env env = Env.of(Map.of("PATROL_HTTP_PORT", "x"));
    env.integer(Setting.HTTP_PORT, 0, 65_535);
    env.integer(Setting.HTTP_PORT, 0, 65_535);
    // When
    ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, env::verify);
    // Then
    assertThat(thrown.problems()).hasSize(1);
  }

  @Test
  void aBlankVariableCountsAsUnset() {
    Env env = Env.of(Map.of("PATROL_HTTP_PORT", "  ", "PATROL_NO_SUCH_THING", ""));
    assertThat(env.integer(Setting.HTTP_PORT, 0, 65_535)).isZero();
    assertThat(env.isSet(Setting.HTTP_PORT)).isFalse();
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @Test
  void aBlankVariableIsUnsetAndStillKnownToBeThere() {
    Env env = Env.of(Map.of("PATROL_SCHEDULE_EVENING", " "));

    assertThat(env.isSet(Setting.SCHEDULE_EVENING)).isFalse();
    assertThat(env.isBlank(Setting.SCHEDULE_EVENING)).isTrue();
    assertThat(env.isBlank(Setting.SCHEDULE_MORNING)).isFalse();
    assertThat(env.string(Setting.SCHEDULE_EVENING)).isEqualTo("0 19 * * *");
  }

  @Test
  void aSecretComesFromItsVariableUnchanged() {
    Env env = Env.of(Map.of("PATROL_DATABASE_PASSWORD", " with blanks "));
    assertThat(env.requiredSecret(Setting.DATABASE_PASSWORD).value()).isEqualTo(" with blanks ");
    assertThat(env.isSet(Setting.DATABASE_PASSWORD)).isTrue();
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @Test
  void aSecretComesFromAFileWithoutTheLineEnd(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "correct horse \r\n");
    Env env = Env.of(Map.of("PATROL_DATABASE_PASSWORD_FILE", file.toString()));
    assertThat(env.requiredSecret(Setting.DATABASE_PASSWORD).value()).isEqualTo("correct horse ");
    assertThat(env.isSet(Setting.DATABASE_PASSWORD)).isTrue();
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  @Test
  void aSecretInVariableAndFileIsOneProblemThatDoesNotTellIt() {
    // Given
    Env env =
        Env.of(
            Map.of(
                "PATROL_DATABASE_PASSWORD", "hunter2",
                "PATROL_DATABASE_PASSWORD_FILE", "/not/there"));
    env.requiredSecret(Setting.DATABASE_PASSWORD);
    // When
    ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, env::verify);
    // Then
    assertThat(thrown.problems()).hasSize(1);
    assertThat(thrown)
        .hasMessageContaining(
            "PATROL_DATABASE_PASSWORD: is set together with PATROL_DATABASE_PASSWORD_FILE; unset one")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aSecretsFileThatIsMissingEmptyOrNoTextIsNamed(@TempDir Path directory) throws Exception {
    // Given
    Path missing = directory.resolve("missing");
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Env env =
        Env.of(
            Map.of(
                "PATROL_DATABASE_PASSWORD_FILE", missing.toString(),
                "PATROL_HTTP_TOKEN_FILE", empty.toString(),
                "PATROL_READER_PASSWORD_FILE", binary.toString()));
    env.requiredSecret(Setting.DATABASE_PASSWORD);
    env.secret(Setting.HTTP_TOKEN);
    env.secret(Setting.READER_PASSWORD);
    // When
    ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, env::verify);
    // Then
    assertThat(thrown.problems()).hasSize(3);
    assertThat(thrown)
        .hasMessageContaining(
            "PATROL_DATABASE_PASSWORD_FILE=" + missing + ": must name a file that holds the secret")
        .hasMessageContaining("(NoSuchFileException)")
        .hasMessageContaining(
            empty + ": must name a file that holds the secret and can be read" + " (it is empty)")
        .hasMessageContaining("(it is not UTF-8 text)");
  }

  @Test
  void theEffectiveConfigurationIsWhatWasReadWithSecretsMasked() {
    // Given
    Env env =
        Env.of(
            Map.of(
                "PATROL_HTTP_PORT", "8080",
                "PATROL_DATABASE_PASSWORD", "hunter2",
                "PATROL_DATABASE_URL",
                    "jdbc:postgresql://me:hunter2@db.example.org/fleet?token=hunter2",
                "PATROL_AGENT_CONCURRENCY", "3"));
    env.integer(Setting.HTTP_PORT, 0, 65_535);
    env.string(Setting.HTTP_HOST);
    env.secret(Setting.DATABASE_PASSWORD);
    env.required(Setting.DATABASE_URL);
    env.optional(Setting.TOPIC_PREFIX);
    // When
    Map<String, String> effective = env.effective();
    // Then
    assertThat(effective)
        .containsExactly(
            Map.entry("PATROL_HTTP_PORT", "8080"),
            Map.entry("PATROL_HTTP_HOST", "127.0.0.1"),
            Map.entry("PATROL_DATABASE_PASSWORD", "***"),
            Map.entry(
                "PATROL_DATABASE_URL", "jdbc:postgresql://me:***@db.example.org/fleet?token=***"));
  }

  @Test
  void aSecretCannotBeReadAsText() {
    Env env = Env.of(Map.of());
    assertThatThrownBy(() -> env.string(Setting.DATABASE_PASSWORD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> env.secret(Setting.HTTP_PORT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSecretNeverPrints() {
    assertThat(new Secret("hunter2")).hasToString("***");
    assertThat(Secret.none().isEmpty()).isTrue();
  }
}
