package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchKnowledgeLakeIT {

  private static ToolDatabase server;
  private static Database database;
  private static ToolQueries queries;
  private static SearchKnowledgeLake tool;

  @BeforeAll
  static void start() throws Exception {
    server = ToolDatabase.create();
    try (Connection owner = server.owner()) {
      new DemoFleet(FleetOptions.defaults(Instant.now()).withClusters(20)).load(owner);
    }
    server.execute(
        """
        insert into knowledge.documents (kind, title, body, published_at)
        values ('runbook', 'Fences', 'A flamingo ⟦said⟧ nothing.', now())
        """);
    database =
        Database.open(server.asReader(), DatabaseOptions.of("search").readOnlyPool().poolSize(1));
    queries = new ToolQueries(database.jdbi(), SqlDirectory.none());
    tool = new SearchKnowledgeLake(queries);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CMP-2107                                                          | CMP-2107
          compaction score rises after partial updates on 3.2.1             | CMP-2107
          cmp-2098 wide tables                                              | CMP-2098
          schema change waits for a base compaction                         | CMP-2111
          metadata of many tablets at start, OOM-1137                       | OOM-1137
          """)
  void theDocumentThatIsMeantComesFirst(String query, String first) throws Exception {
    assertThat(titles(ask(query)).get(0)).contains(first);
  }

  @Test
  void whatWasFoundIsMarkedAndTheMarksOfTheDataAreNot() throws Exception {
    JsonNode document = ask("flamingos").get("documents").get(0);

    assertThat(document.get("snippet").asText()).isEqualTo("⟦flamingo⟧ said nothing");
    assertThat(document.get("tags")).isEmpty();
    assertThat(document.get("score").isNumber()).isTrue();
  }

  @Test
  void versionsAndTagsAreAnsweredAsLists() throws Exception {
    JsonNode document = ask("CMP-2107").get("documents").get(0);

    assertThat(document.get("affected_versions")).hasToString("[\"3.2.1\"]");
    assertThat(document.get("tags").get(0).asText()).isEqualTo("compaction");
    assertThat(document.get("published_at").asText()).endsWith("Z");
  }

  @Test
  void theLimitHoldsAndTheRestIsCounted() throws Exception {
    JsonNode answer =
        tool.call(
            ToolArguments.parse("{\"query\": \"compaction\", \"limit\": 2}"),
            new ToolContext(Snapshots.request(), Snapshots.healthy(1)));

    assertThat(answer.get("documents")).hasSize(2);
    assertThat(answer.get("matching").asInt()).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the of and",
        "zzzzqqq",
        "'",
        "\\",
        "a' | 'b",
        "!!",
        "& |",
        ":*",
        "<->",
        "⟦⟧",
        "%"
      })
  void whatHasNoWordsFindsNothingAndBreaksNothing(String query) throws Exception {
    assertThat(ask(query).get("documents")).isEmpty();
  }

  @Test
  void quotesAndBackslashesInWordsAreJustWords() throws Exception {
    assertThat(titles(ask("O'Brien \\ C:\\tmp CMP-2107 'x"))).anyMatch(t -> t.contains("CMP-2107"));
  }

  @Test
  void typingErrorsAreForgivenWhereTheExtensionIs() throws Exception {
    assertThat(ask("compction patrial updaets").get("documents")).isEmpty();

    server.execute("create extension pg_trgm");
    try {
      assertThat(titles(ask("compction patrial updaets"))).anyMatch(t -> t.contains("CMP-2107"));
      assertThat(ask("zzzzqqq").get("documents")).isEmpty();
    } finally {
      server.execute("drop extension pg_trgm");
    }
  }

  @Test
  void theFileReturnsWhatItIsToReturn() {
    assertThat(queries.problems()).isEmpty();
  }

  @Test
  void withoutAQueryItSaysSo() {
    assertThatThrownBy(() -> ask(" "))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("query must be a text");
  }

  private static JsonNode ask(String query) throws Exception {
    return tool.call(
        new ToolArguments(new ObjectMapper().createObjectNode().put("query", query)),
        new ToolContext(Snapshots.request(), Snapshots.healthy(1)));
  }

  private static List<String> titles(JsonNode answer) {
    return answer.get("documents").findValuesAsText("title");
  }
}
