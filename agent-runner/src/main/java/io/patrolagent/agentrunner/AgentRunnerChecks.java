package io.patrolagent.agentrunner;

import io.patrolagent.agentrunner.offline.evidence.SqlQuestions;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.ProviderChecks;
import io.patrolagent.agentrunner.provider.ProviderSettings;
import io.patrolagent.agentrunner.role.ReadOnlyRole;
import io.patrolagent.agentrunner.tool.QuerySql;
import io.patrolagent.agentrunner.tool.ToolQueries;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.InstallationCheck;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.sql.SqlDirectory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the agent-runner needs: a role that only reads, its files, prompts and providers. */
public final class AgentRunnerChecks implements AutoCloseable {

  private final Database database;
  private final Database queries;
  private final Optional<Path> sqlDirectory;
  private final Optional<Path> prompts;
  private final ProviderSettings providers;

  private AgentRunnerChecks(
      DatabaseSettings settings,
      Optional<Path> sqlDirectory,
      Optional<Path> prompts,
      ProviderSettings providers) {
    this.database = Database.open(settings, Toolbox.poolOptions("patrol-check", 1));
    this.queries = Database.open(settings, QuerySql.poolOptions("patrol-check"));
    this.sqlDirectory = sqlDirectory;
    this.prompts = prompts;
    this.providers = providers;
  }

  /** Reads what the service reads. */
  public static AgentRunnerChecks of(Env env) {
    DatabaseSettings settings = DatabaseSettings.from(env);
    AgentRunnerService.limits(env);
    ProviderSettings providers = ProviderSettings.from(env);
    Optional<Path> prompts = env.directory(Setting.PROMPT_DIR);
    Optional<Path> sqlDirectory = env.directory(Setting.SQL_DIR);
    env.verify();
    return new AgentRunnerChecks(settings, sqlDirectory, prompts, providers);
  }

  /** Whether the role may do nothing but read. */
  public InstallationCheck role() {
    return InstallationCheck.of(
        "agent's role",
        "give the agent-runner a role of its own that may only read",
        () -> {
          new ReadOnlyRole(database).run();
          return "role " + database.user() + " may only read";
        });
  }

  /** Each tool's file, and the prompts. */
  public List<InstallationCheck> files() {
    ToolQueries tools = new ToolQueries(database.jdbi(), SqlDirectory.of(sqlDirectory));
    Toolbox.of(tools, queries); // each tool loads its files
    List<InstallationCheck> checks = new ArrayList<>();
    tools.each(
        (name, problem) ->
            checks.add(
                InstallationCheck.of(
                    name,
                    "correct the file in PATROL_SQL_DIR; its head says what it returns",
                    () -> {
                      Optional<String> found = problem.get();
                      if (found.isPresent()) {
                        throw new IllegalStateException(found.get());
                      }
                      return "returns what it must";
                    })));
    SqlQuestions.load(SqlDirectory.of(sqlDirectory))
        .samples()
        .forEach(
            (name, sql) ->
                checks.add(
                    InstallationCheck.of(
                        name,
                        "correct the file in PATROL_SQL_DIR; its head says what it returns",
                        () -> answered(sql))));
    checks.add(
        InstallationCheck.of(
            "prompts",
            "correct the file in PATROL_PROMPT_DIR",
            () -> PatrolPrompt.load(prompts).version(ReportType.ON_DEMAND)));
    return checks;
  }

  /** As it stands: its literals are not to be read as parameters. */
  private String answered(String sql) throws SQLException {
    return database
        .jdbi()
        .<String, SQLException>withHandle(
            handle -> {
              try (Statement statement = handle.getConnection().createStatement()) {
                statement.executeQuery(sql).close();
                return "is answered";
              }
            });
  }

  /** Each provider, with one tiny call to a real model. */
  public List<InstallationCheck> providers() {
    return ProviderChecks.of(providers);
  }

  @Override
  public void close() {
    queries.close();
    database.close();
  }
}
