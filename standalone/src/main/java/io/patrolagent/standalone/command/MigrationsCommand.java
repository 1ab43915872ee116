package io.patrolagent.standalone.command;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.reportsink.migration.DatabaseRoles;
import io.patrolagent.reportsink.migration.MigrationScript;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patrol migrations}: the SQL that a DBA runs where no service may make tables. */
@Command(
    name = "migrations",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the product's own migrations as one script: alerts.patrol_reports, the function"
          + " behind query_sql, their history, and what the services' roles may do with them. Who"
          + " ran it sets PATROL_MIGRATIONS=verify.",
      "With PATROL_DATABASE_URL set only those that the database lacks."
    })
final class MigrationsCommand implements Callable<Integer> {

  private static final Set<String> PARTIES = Set.of("aggregator", "agent-runner", "report-sink");

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Option(names = "--all", description = "all of them, without asking the database")
  private boolean all;

  @Option(
      names = "--roles",
      description = "also what makes the services' roles and lets them read the fleet")
  private boolean roles;

  @Option(
      names = "--role",
      paramLabel = "SERVICE=ROLE",
      description =
          "a service's role where it is not patrol_aggregator, patrol_agent_runner or"
              + " patrol_report_sink")
  private TreeMap<String, String> names = new TreeMap<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  MigrationsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    DatabaseRoles named = roles();
    if (roles) {
      terminal.out().println(MigrationScript.ofRoles(named));
    }
    terminal.out().print(script(named));
    terminal.out().flush();
    return PatrolCommand.OK;
  }

  private String script(DatabaseRoles named) throws SQLException {
    if (all || !terminal.isSet(Setting.DATABASE_URL)) {
      return MigrationScript.ofAll(named);
    }
    Env env = Env.of(terminal.variables());
    DatabaseSettings settings = DatabaseSettings.from(env);
    env.verify();
    try (Database database =
        Database.open(settings, DatabaseOptions.of("patrol").readOnlyPool().poolSize(4))) {
      return MigrationScript.ofPending(database.dataSource(), named);
    }
  }

  private DatabaseRoles roles() {
    names.keySet().stream()
        .filter(name -> !PARTIES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new CommandLine.ParameterException(
                  command.commandLine(),
                  "--role: there is no service " + name + " with a role; there are " + PARTIES);
            });
    DatabaseRoles standard = DatabaseRoles.DEFAULT;
    return new DatabaseRoles(
        names.getOrDefault("aggregator", standard.aggregator()),
        names.getOrDefault("agent-runner", standard.agentRunner()),
        names.getOrDefault("report-sink", standard.reportSink()));
  }
}
