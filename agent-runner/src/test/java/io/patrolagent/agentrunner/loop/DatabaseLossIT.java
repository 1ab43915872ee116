package io.patrolagent.agentrunner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.journal.MemoryJournal;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.agentrunner.tool.ToolQueries;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DatabaseLossIT {

  @Test
  void aDatabaseThatGoesAwayBetweenRoundsIsToldToTheModelAndTheRunGoesOn() throws Exception {
    EmbeddedDatabase server = EmbeddedDatabase.start();
    try (Connection connection =
        DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
      ReferenceSchema.create(connection);
    }
    DatabaseSettings settings =
        new DatabaseSettings(server.jdbcUrl(), server.user(), new Secret(server.password()));
    MemoryJournal journal = new MemoryJournal();
    Script script =
        new Script(
            journal,
            false,
            List.of(
                new Script.Turn.Calls(
                    List.of(
                        Script.call("a", "query_open_issues", "{\"limit\":1}"),
                        Script.call("b", "query_fleet_summary", "{}"))),
                new Script.Turn.Calls(
                    List.of(
                        Script.call("c", "query_open_issues", "{\"limit\":2}"),
                        Script.call("d", "get_previous_patrol", "{}"))),
                new Script.Turn.Text(Script.REPORT)));
    try (Database database = Database.open(settings, Toolbox.poolOptions("tools", 1));
        Database queries = Database.open(settings, Toolbox.poolOptions("queries", 1))) {
      Toolbox toolbox = Toolbox.of(new ToolQueries(database.jdbi(), SqlDirectory.none()), queries);

      AgentResult result =
          TestTools.loop(closingBeforeRound(2, server, script), toolbox, TestTools.limits(5))
              .run(TestTools.PATROL, journal, () -> {});

      assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
      assertThat(rounds(journal).get(0).answers()).noneMatch(ToolAnswer::error);
      assertThat(rounds(journal).get(1).answers())
          .allMatch(ToolAnswer::error)
          .allSatisfy(answer -> assertThat(answer.result()).startsWith("{\"error\":"));
      assertThat(result.evidence()).hasSize(2);
    } finally {
      server.close();
    }
  }

  private static List<ToolsDone> rounds(MemoryJournal journal) {
    return journal.entries().stream()
        .filter(ToolsDone.class::isInstance)
        .map(ToolsDone.class::cast)
        .toList();
  }

  private static Models closingBeforeRound(int round, EmbeddedDatabase server, Script script) {
    return new Models() {
      @Override
      public List<String> names() {
        return script.names();
      }

      @Override
      public ModelAnswer ask(ChatRequest request, @Nullable String provider, Instant deadline)
          throws NoModelException {
        if (script.requests.size() == round - 1) {
          server.close();
        }
        return script.ask(request, provider, deadline);
      }

      @Override
      public ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline)
          throws NoModelException {
        return script.askOnly(request, provider, deadline);
      }
    };
  }
}
