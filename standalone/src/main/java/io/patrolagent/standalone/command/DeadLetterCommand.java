package io.patrolagent.standalone.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code patrol dlt}: what could not be read, and once more with it. */
@Command(
    name = "dlt",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | replay)",
    description = "Lists the dead letters, records that no service could read, or replays them.")
final class DeadLetterCommand {

  private DeadLetterCommand() {}

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new DeadLetterCommand())
        .addSubcommand(new DeadLetterListCommand(terminal))
        .addSubcommand(new DeadLetterReplayCommand(terminal));
  }
}
