package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseOptionsTest {

  @Test
  void defaults() {
    assertThat(DatabaseOptions.of("aggregator"))
        .isEqualTo(
            new DatabaseOptions(
                "aggregator",
                false,
                4,
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                Optional.empty()));
  }

  @Test
  void everyOptionSet() {
    assertThat(
            DatabaseOptions.of("aggregator")
                .readOnlyPool()
                .poolSize(2)
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(Duration.ofSeconds(20))
                .statementTimeout(Duration.ofSeconds(10)))
        .isEqualTo(
            new DatabaseOptions(
                "aggregator",
                true,
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Optional.of(Duration.ofSeconds(10))));
  }

  @Test
  void aStatementTimeoutAboveTheSocketsWouldCutTheConnectionFirst() {
    assertThatThrownBy(() -> DatabaseOptions.of("x").statementTimeout(Duration.ofMinutes(2)))
        .hasMessage("statement timeout must be below the socket timeout, got PT2M");
  }

  @Test
  void whatMakesNoPoolIsRefused() {
    DatabaseOptions options = DatabaseOptions.of("x");
    assertThatThrownBy(() -> options.poolSize(0)).hasMessageContaining("at least 1, got 0");
    assertThatThrownBy(() -> options.connectionTimeout(Duration.ofMillis(1)))
        .hasMessageContaining("at least 250 ms");
    assertThatThrownBy(() -> options.socketTimeout(Duration.ZERO))
        .hasMessageContaining("at least 1 s");
    assertThatThrownBy(() -> DatabaseOptions.of(" ")).hasMessageContaining("must not be blank");
  }

  @Test
  void aRequiredTableNamesSchemaTableAndPerhapsColumns() {
    assertThat(RequiredTable.parse("byoc.clusters"))
        .isEqualTo(new RequiredTable("byoc", "clusters", List.of()));
    assertThat(RequiredTable.parse("byoc.clusters (cluster_id,  region)"))
        .isEqualTo(new RequiredTable("byoc", "clusters", List.of("cluster_id", "region")));
    for (String wrong : List.of("clusters", "byoc.", "byoc.clusters()", "a.b; drop table c")) {
      assertThatThrownBy(() -> RequiredTable.parse(wrong))
          .as(wrong)
          .hasMessageContaining("must be schema.table");
    }
  }
}
