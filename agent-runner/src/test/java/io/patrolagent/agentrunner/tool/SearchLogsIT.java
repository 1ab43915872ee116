package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.SqlDirectory;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchLogsIT {

  private static Database database;
  private static ToolQueries queries;
  private static SearchLogs tool;

  @BeforeAll
  static void start() throws Exception {
    ToolDatabase server = ToolDatabase.create();
    server.execute(
        """
        insert into byoc.clusters
        select id, id, 'acc', customer, 'S', 'aws', 'eu', '1.0', 'active', now()
          from (values ('c-0001', 'Acme'), ('c-0002', 'Acme'), ('c-0100', 'Globex')) c(id, customer);
        insert into byoc.cluster_logs (cluster_id, node_id, level, component, message, logged_at)
        values
          ('c-0001', 'n-1', 'INFO', 'backup', 'Backup 1 done', now() - interval '5 hours'),
          ('c-0001', 'n-2', 'INFO', 'backup', 'Backup 22 done', now() - interval '3 hours'),
          ('c-0001', null, 'WARN', 'disk', 'disk at 91% of 100_GB', now() - interval '2 hours'),
          ('c-0001', 'n-1', 'ERROR', 'disk', 'cannot write C:\\tmp', now() - interval '1 hour'),
          ('c-0001', 'n-1', 'FATAL', 'backup', 'out of memory', now() - interval '30 hours'),
          ('c-0002', 'n-9', 'ERROR', 'disk', 'of another cluster', now());
        """);
    database =
        Database.open(server.asReader(), DatabaseOptions.of("search").readOnlyPool().poolSize(1));
    queries = new ToolQueries(database.jdbi(), SqlDirectory.none());
    tool = new SearchLogs(queries);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void linesThatDifferInDigitsAloneAreOneEntryTheNewestFirst() throws Exception {
    JsonNode answer = ask("{'cluster_id': 'c-0001'}");

    assertThat(answer.get("matching").asInt()).isEqualTo(4);
    assertThat(answer.get("by_level")).hasToString("{\"INFO\":2,\"ERROR\":1,\"WARN\":1}");
    assertThat(answer.get("by_component").get("backup").asInt()).isEqualTo(2);
    assertThat(messages(answer))
        .containsExactly("cannot write C:\\tmp", "disk at 91% of 100_GB", "Backup 22 done");
    JsonNode folded = answer.get("entries").get(2);
    assertThat(folded.get("count").asInt()).isEqualTo(2);
    assertThat(folded.get("node_id").asText()).isEqualTo("n-2");
    assertThat(folded.get("first_at").asText()).isLessThan(folded.get("logged_at").asText());
    assertThat(answer.get("entries").get(0).has("count")).isFalse();
    assertThat(answer.get("omitted").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'cluster_id': 'c-0001', 'level': 'warn'}                    | 2
          {'cluster_id': 'c-0001', 'level': 'FATAL'}                   | 0
          {'cluster_id': 'c-0001', 'level': 'FATAL', 'hours': '48'}    | 1
          {'cluster_id': 'c-0001', 'query': 'BACKUP'}                  | 2
          {'cluster_id': 'c-0001', 'query': '%'}                       | 1
          {'cluster_id': 'c-0001', 'query': '_'}                       | 1
          {'cluster_id': 'c-0001', 'query': 'C:\\\\tmp'}               | 1
          {'cluster_id': 'c-0001', 'query': 'nothing of the kind'}     | 0
          {'cluster_id': 'c-0001', 'hours': 4}                         | 3
          {'cluster_id': 'c-0100'}                                     | 0
          """)
  void levelTextAndWindowNarrow(String arguments, int matching) throws Exception {
    JsonNode answer = ask(arguments);

    assertThat(answer.get("matching").asInt()).isEqualTo(matching);
  }

  @Test
  void whatTheLimitLeavesOutIsCounted() throws Exception {
    JsonNode answer = ask("{'cluster_id': 'c-0001', 'limit': 1}");

    assertThat(answer.get("entries")).hasSize(1);
    assertThat(answer.get("omitted").asInt()).isEqualTo(2);
    assertThat(answer.get("matching").asInt()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                                          | cluster_id is missing
          {'cluster_id': 7}                           | cluster_id must be a text of 1 to 200 characters
          {'cluster_id': 'c-0001', 'hours': 169}      | hours must be a whole number from 1 to 168, not 169
          {'cluster_id': 'c-0001', 'hours': 1.5}      | hours must be a whole number
          {'cluster_id': 'c-0001', 'level': 'LOUD'}   | level must be one of DEBUG, INFO
          {'cluster_id': 'c-0001', 'since': 'x'}      | there is no argument 'since'
          {'cluster_id': 'c-0003'}                    | the closest are c-0001
          """)
  void aWrongCallIsRefusedWithTheRule(String arguments, String rule) {
    assertThatThrownBy(() -> ask(arguments))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining(rule);
  }

  @Test
  void aClusterOutsideOfTheScopeIsAsIfItDidNotExist() {
    Scope globex = new Scope(null, List.of("Globex"), null, null, null);

    assertThatThrownBy(() -> ask("{'cluster_id': 'c-0001'}", globex))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("'c-0001': there is no such cluster")
        .hasMessageContaining("the closest are c-0100");
  }

  @Test
  void theFilesReturnWhatTheyAreToReturn() {
    assertThat(queries.problems()).isEmpty();
  }

  private static JsonNode ask(String arguments) throws Exception {
    return ask(arguments, Scope.FLEET);
  }

  private static JsonNode ask(String arguments, Scope scope) throws Exception {
    return tool.call(
        ToolArguments.parse(arguments.replace('\'', '"')),
        new ToolContext(Snapshots.request(scope, null), Snapshots.healthy(1)));
  }

  private static List<String> messages(JsonNode answer) {
    return answer.get("entries").findValuesAsText("message");
  }
}
