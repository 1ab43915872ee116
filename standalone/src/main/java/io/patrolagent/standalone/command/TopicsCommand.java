package io.patrolagent.standalone.command;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.stage.Party;
import io.patrolagent.standalone.topics.TopicSheet;
import io.patrolagent.standalone.topics.TopicSheetFormat;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patrol topics}: what the platform team has to make and to allow. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every topic with its configuration, and the access control lists of each service, of"
          + " who asks for patrols, of who reads reports, and of this command.",
      "Needs no broker. PATROL_TOPIC_PREFIX, PATROL_TOPIC_PARTITIONS and so on are in it; with"
          + " PATROL_TOPICS=verify the services get no Create."
    })
final class TopicsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private TopicSheetFormat format = TopicSheetFormat.TABLE;

  @Option(
      names = "--principal",
      paramLabel = "PARTY=PRINCIPAL",
      description =
          "a party's principal where it is not User:patrol-PARTY; parties are aggregator,"
              + " agent-runner, report-sink, scheduler, requester, subscriber, operator")
  private Map<String, String> principals = Map.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  TopicsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Env env = Env.of(terminal.variables());
    TopicSettings settings = TopicSettings.from(env);
    env.verify();
    terminal.out().print(format.of(new TopicSheet(settings, principals())));
    terminal.out().flush();
    return PatrolCommand.OK;
  }

  private Map<Party, String> principals() {
    Map<Party, String> byParty = new EnumMap<>(Party.class);
    principals.forEach(
        (name, principal) ->
            byParty.put(
                Party.of(name)
                    .orElseThrow(
                        () ->
                            new CommandLine.ParameterException(
                                command.commandLine(),
                                "--principal: there is no party "
                                    + name
                                    + "; parties are "
                                    + Arrays.toString(Party.values()))),
                principal));
    return byParty;
  }
}
