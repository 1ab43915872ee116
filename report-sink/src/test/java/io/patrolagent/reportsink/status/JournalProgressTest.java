package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalProgressTest {

  private static final Instant RECORDED = Instant.parse("2026-11-25T07:00:09Z");

  @Test
  void aToolRoundTellsItsToolsItsLimitAndWhoRunsIt() throws Exception {
    String entry =
        """
        {"schema_version":1,"patrol_id":"0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44","type":"started",
         "step":3,"round":2,"max_rounds":10,"tools":["query_sql","search_logs"],
         "run_by":"host-1234","at":"2026-11-25T07:00:03.5Z","later":{"a":[1,{"round":9}]}}
        """;

    assertThat(read(entry))
        .contains(
            new RoundFacts(
                2,
                10,
                List.of("query_sql", "search_logs"),
                "host-1234",
                Instant.parse("2026-11-25T07:00:03.5Z")));
  }

  @Test
  void anEntryOfBeforeThatTellsNoMoreThanItsRoundIsReadAllTheSame() throws Exception {
    assertThat(read("{\"type\":\"started\",\"round\":1}"))
        .contains(new RoundFacts(1, 0, List.of(), null, RECORDED));
    assertThat(
            read(
                "{\"round\":1,\"max_rounds\":null,\"tools\":null,\"run_by\":null,"
                    + "\"at\":\"yesterday\",\"type\":\"started\"}"))
        .contains(new RoundFacts(1, 0, List.of(), null, RECORDED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"model_done\",\"round\":\"of another type\"}",
        "{\"type\":\"tools_done\",\"answers\":[{\"result\":\"…\"}]}",
        "{\"type\":\"run_done\",\"at\":\"2026-11-25T07:00:03Z\"}",
        "{\"type\":\"of a later version\"}"
      })
  void otherEntriesTellNothing(String entry) throws Exception {
    assertThat(read(entry)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "not JSON",
        "{}",
        "{\"round\":1}",
        "{\"type\":\"started\"}",
        "{\"type\":\"started\",\"round\":0}",
        "{\"type\":\"started\",\"round\":\"1\"}",
        "{\"type\":\"started\",\"round\":1",
        "{\"type\":\"started\",\"round\":1,\"tools\":[\"query_sql\""
      })
  void whatIsNoEntryIsRefused(String entry) {
    assertThatThrownBy(() -> read(entry)).isInstanceOf(IOException.class);
  }

  private static Optional<RoundFacts> read(String entry) throws IOException {
    return JournalProgress.read(entry.getBytes(UTF_8), RECORDED);
  }
}
