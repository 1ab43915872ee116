package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.ops.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSettingsTest {

  @Test
  void withoutAnyKeyTheOfflineAnalystIsAlone() {
    ProviderSettings settings = read(Map.of());
    assertThat(settings.order()).containsExactly("offline");
    assertThat(settings.calls())
        .isEqualTo(new ProviderSettings.Calls(Duration.ofMinutes(2), 4, Duration.ofMinutes(1), 8));
    assertThat(settings.sampling()).isEqualTo(new ProviderSettings.Sampling(8192, null));
    assertThat(
            Providers.of(
                    settings,
                    new OfflineAnalyst(),
                    Clock.systemUTC(),
                    Telemetry.of(new SimpleMeterRegistry()))
                .names())
        .containsExactly("offline");
  }

  @Test
  void unsetTheOrderIsThatOfThoseWithAKeyThenOffline(@TempDir Path directory) throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "g\n");
    ProviderSettings settings =
        read(Map.of("GEMINI_API_KEY_FILE", key.toString(), "ANTHROPIC_API_KEY", "a"));
    assertThat(settings.order()).containsExactly("anthropic", "gemini", "offline");
    assertThat(settings.access("gemini").key().value()).isEqualTo("g");
  }

  @Test
  void theNamedOrderIsKeptAndOfflineIsOnlyThereWhereNamed() {
    ProviderSettings settings =
        read(
            Map.of(
                "PATROL_LLM_PROVIDERS", "anthropic, openai",
                "OPENAI_API_KEY", "o",
                "ANTHROPIC_API_KEY", "a"));
    assertThat(
            Providers.of(
                    settings,
                    new OfflineAnalyst(),
                    Clock.systemUTC(),
                    Telemetry.of(new SimpleMeterRegistry()))
                .names())
        .containsExactly("anthropic", "openai");
  }

  @Test
  void everySettingIsTaken() {
    ProviderSettings settings =
        read(
            Map.of(
                "OPENAI_API_KEY", "o",
                "PATROL_LLM_OPENAI_MODEL", "my-model",
                "PATROL_LLM_TIMEOUT", "30s",
                "PATROL_LLM_ATTEMPTS", "2",
                "PATROL_LLM_MAX_WAIT", "5s",
                "PATROL_LLM_CONCURRENCY", "3",
                "PATROL_LLM_MAX_OUTPUT_TOKENS", "1000",
                "PATROL_LLM_TEMPERATURE", "0.2"));
    assertThat(settings.access("openai").model()).isEqualTo("my-model");
    assertThat(settings.calls())
        .isEqualTo(new ProviderSettings.Calls(Duration.ofSeconds(30), 2, Duration.ofSeconds(5), 3));
    assertThat(settings.sampling()).isEqualTo(new ProviderSettings.Sampling(1000, 0.2));
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_BASE_URL, http://localhost:11434, openai, http://localhost:11434/v1",
    "OPENAI_BASE_URL, http://localhost:11434/, openai, http://localhost:11434/v1",
    "OPENAI_BASE_URL, https://x.openai.azure.com/openai/v1, openai, https://x.openai.azure.com/openai/v1",
    "ANTHROPIC_BASE_URL, https://gateway.example.org, anthropic, https://gateway.example.org/v1",
    "GEMINI_BASE_URL, https://gateway.example.org, gemini, https://gateway.example.org/v1beta",
    "PATROL_LLM_ATTEMPTS, 3, openai, https://api.openai.com/v1",
    "PATROL_LLM_ATTEMPTS, 3, anthropic, https://api.anthropic.com/v1"
  })
  void aBareHostGetsTheUsualPath(String variable, String value, String provider, String url) {
    assertThat(read(Map.of(variable, value)).access(provider).baseUrl()).hasToString(url);
  }

  @Test
  void aProviderNamedWithoutItsKeyIsAProblemThatNamesTheVariable() {
    assertThatThrownBy(() -> read(Map.of("PATROL_LLM_PROVIDERS", "anthropic,openai,offline")))
        .hasMessageContaining(
            "ANTHROPIC_API_KEY: is needed, since PATROL_LLM_PROVIDERS names anthropic, but neither"
                + " it nor ANTHROPIC_API_KEY_FILE is set")
        .hasMessageContaining("OPENAI_API_KEY: is needed");
  }

  @Test
  void aServerBehindOpenAisProtocolMayNeedNoKey() {
    ProviderSettings settings =
        read(Map.of("PATROL_LLM_PROVIDERS", "openai", "OPENAI_BASE_URL", "http://127.0.0.1:11434"));
    assertThat(settings.access("openai").key().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"bedrock", "'offline,offline'", "'openai,OpenAI'"})
  void anUnknownOrRepeatedProviderIsAProblem(String value) {
    assertThatThrownBy(() -> read(Map.of("PATROL_LLM_PROVIDERS", value)))
        .hasMessageContaining(
            "PATROL_LLM_PROVIDERS="
                + value
                + ": must name each of openai, anthropic, gemini, offline at most once");
  }

  @Test
  void pricesThatCannotBeReadAreAProblemThatNamesTheLine(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("p.csv"), "# ours\nmy-model,1,2\n");
    assertThatThrownBy(() -> read(Map.of("PATROL_LLM_PRICES", file.toString())))
        .hasMessageContaining("PATROL_LLM_PRICES=" + file)
        .hasMessageContaining("line 2 must be model,input,cached_input,cache_write,output");
  }

  @Test
  void aKeyNeverPrints() {
    ProviderSettings settings = read(Map.of("OPENAI_API_KEY", "hunter2"));
    assertThat(settings.access("openai").toString()).doesNotContain("hunter2");
    assertThat(new OpenAiDialect(settings.access("openai"), settings.sampling()).toString())
        .doesNotContain("hunter2");
  }

  private static ProviderSettings read(Map<String, String> variables) {
    Env env = Env.of(variables);
    ProviderSettings settings = ProviderSettings.from(env);
    env.verify();
    return settings;
  }
}
