package io.patrolagent.standalone.check;

import io.patrolagent.agentrunner.AgentRunnerChecks;
import io.patrolagent.aggregator.AggregatorChecks;
import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.HttpSettings;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.Problem;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.ops.InstallationCheck;
import io.patrolagent.common.stage.KafkaChecks;
import io.patrolagent.common.stage.Party;
import io.patrolagent.reportsink.ReportSinkChecks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * The checks of some services, in the order in which they depend on each other: where Kafka or the
 * database does not answer, what lies behind it is skipped instead of failing a second time.
 */
public final class InstallationChecks {

  private final Map<String, String> variables;
  private final Set<Party> parties;
  private final boolean modelCalls;

  public InstallationChecks(Map<String, String> variables, Set<Party> parties, boolean modelCalls) {
    this.variables = Map.copyOf(variables);
    this.parties = parties;
    this.modelCalls = modelCalls;
  }

  /** Asks all of them. */
  public void in(CheckRun run) throws InterruptedException {
    Env env = Env.of(variables);
    KafkaSettings kafka = KafkaSettings.from(env);
    TopicSettings topics = TopicSettings.from(env);
    DatabaseSettings database = DatabaseSettings.from(env);
    HttpSettings.from(env);
    try (AggregatorChecks aggregator = AggregatorChecks.of(env);
        ReportSinkChecks reportSink = ReportSinkChecks.of(env);
        AgentRunnerChecks agentRunner = AgentRunnerChecks.of(reading(env))) {
      run.add(CheckResult.ok("configuration", variables.size() + " variables, none wrong"));
      kafka(run, kafka, topics);
      if (!parties.equals(Set.of(Party.SCHEDULER))) {
        database(run, database, aggregator, agentRunner, reportSink);
      }
      if (parties.contains(Party.AGENT_RUNNER)) {
        providers(run, agentRunner);
      }
    } catch (ConfigurationException e) {
      for (Problem problem : e.problems()) {
        run.add(
            CheckResult.failed(
                "configuration " + problem.variable(), problem.toString(), "set it so"));
      }
      run.skip("everything else", "the configuration is wrong");
    }
  }

  /** The agent's role, where one process runs all stages and an operator has named it. */
  private Env reading(Env env) {
    Map<String, String> reading = new HashMap<>(variables);
    env.optional(Setting.READER_USER)
        .ifPresent(
            user -> {
              reading.put(Setting.DATABASE_USER.variable(), user);
              reading.remove(Setting.DATABASE_PASSWORD.variable() + "_FILE");
              reading.remove(Setting.DATABASE_PASSWORD.variable());
              env.secret(Setting.READER_PASSWORD)
                  .ifPresent(p -> reading.put(Setting.DATABASE_PASSWORD.variable(), p.value()));
            });
    return Env.of(reading);
  }

  private void kafka(CheckRun run, KafkaSettings kafka, TopicSettings topics)
      throws InterruptedException {
    List<InstallationCheck> checks = new KafkaChecks(kafka, topics).of(parties);
    boolean answers = run.ask(checks.get(0));
    for (InstallationCheck check : checks.subList(1, checks.size())) {
      if (answers) {
        run.ask(check);
      } else {
        run.skip(check.name(), "Kafka does not answer");
      }
    }
  }

  private void database(
      CheckRun run,
      DatabaseSettings settings,
      AggregatorChecks aggregator,
      AgentRunnerChecks agentRunner,
      ReportSinkChecks reportSink)
      throws InterruptedException {
    boolean answers = run.ask(reachable(settings));
    if (!answers) {
      run.skip("tables, roles and SQL files", "the database does not answer");
      return;
    }
    if (parties.contains(Party.REPORT_SINK)) {
      askAll(run, reportSink.all());
    }
    if (parties.contains(Party.AGGREGATOR)) {
      askAll(run, aggregator.all());
    }
    if (parties.contains(Party.AGENT_RUNNER)) {
      if (parties.size() == 1 || variables.containsKey(Setting.READER_USER.variable())) {
        run.ask(agentRunner.role());
      } else {
        run.skip(
            "agent's role", "PATROL_READER_USER is unset, so that 'serve' makes patrol_reader");
      }
      askAll(run, agentRunner.files());
    }
  }

  private static InstallationCheck reachable(DatabaseSettings settings) {
    return InstallationCheck.of(
        "database",
        "start it, or set PATROL_DATABASE_URL, _USER and _PASSWORD",
        () -> {
          try (Database database =
              Database.open(settings, DatabaseOptions.of("patrol-check").poolSize(1))) {
            database.check();
            Jdbi jdbi = database.jdbi();
            return jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select 'PostgreSQL ' || current_setting('server_version')"
                                + " || ', role ' || current_user")
                        .mapTo(String.class)
                        .one());
          }
        });
  }

  private void providers(CheckRun run, AgentRunnerChecks agentRunner) throws InterruptedException {
    for (InstallationCheck check : agentRunner.providers()) {
      if (modelCalls) {
        run.ask(check);
      } else {
        run.skip(check.name(), "--no-model-calls");
      }
    }
  }

  private static void askAll(CheckRun run, List<InstallationCheck> checks)
      throws InterruptedException {
    for (InstallationCheck check : checks) {
      run.ask(check);
    }
  }
}
