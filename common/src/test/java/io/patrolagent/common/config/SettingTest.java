package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void aVariableStandsInTheCatalogueOnce() {
    assertThat(Setting.values()).extracting(Setting::variable).doesNotHaveDuplicates();
  }

  @Test
  void aConstantIsItsVariableWithoutThePrefix() {
    assertThat(Setting.values())
        .filteredOn(setting -> setting != Setting.KAFKA_PROPERTIES)
        .allSatisfy(
            setting ->
                assertThat(setting.variable()).isIn(setting.name(), "PATROL_" + setting.name()));
  }

  @Test
  void everySettingSaysWhatItMeansAndWhoReadsIt() {
    assertThat(Setting.values())
        .allSatisfy(
            setting -> {
              assertThat(setting.meaning()).isNotBlank().doesNotEndWith(".");
              assertThat(setting.example()).isNotBlank();
              assertThat(setting.readers()).isNotEmpty();
              assertThat(setting.secret() && setting.defaultValue().isPresent()).isFalse();
            });
  }

  @Test
  void everyExampleIsValidWhereASettingsRecordReadsIt() {
    // Given
    Map<String, String> examples =
        Arrays.stream(Setting.values())
            .filter(setting -> setting != Setting.KAFKA_PROPERTIES)
            .collect(Collectors.toMap(Setting::variable, Setting::example));
    Env env = Env.of(examples);
    // When
    KafkaSettings.from(env);
    DatabaseSettings.from(env);
    TopicSettings.from(env);
    HttpSettings.from(env);
    LogSettings.from(env);
    // Then
    env.verify();
  }

  @Test
  void theTableHasARowForEverySetting() {
    // When
    String table = ConfigurationTable.markdown();
    // Then
    assertThat(table.lines()).hasSize(Setting.values().length + 2);
    assertThat(table)
        .startsWith("| variable | default | meaning | example | read by |\n|---|")
        .contains(
            "| `PATROL_MIGRATIONS` | `run` | run applies the product's own migrations; verify only"
                + " checks that they were applied | `verify` | report-sink, standalone |\n")
        .contains("| `PATROL_HTTP_TOKEN` or `PATROL_HTTP_TOKEN_FILE` |  |")
        .contains("| `PATROL_KAFKA_…` |");
  }

  @Test
  void helpTellsWhatThatServiceReadsAndNothingElse() {
    String text = ConfigurationTable.text(ServiceName.REPORT_SINK);
    assertThat(text)
        .contains("PATROL_MIGRATIONS")
        .contains("[run]")
        .contains("PATROL_DATABASE_URL")
        .doesNotContain("PATROL_AGENT_CONCURRENCY")
        .doesNotContain("PATROL_PROMPT_DIR");
  }
}
