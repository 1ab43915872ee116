package io.patrolagent.common.ops;

import io.patrolagent.common.config.ConfigurationTable;
import io.patrolagent.common.config.ServiceName;

/** A service's command line: it has three options and is configured by its environment. */
record Usage(String name, String description) {

  /** What the arguments ask for. */
  enum Command {
    RUN,
    HEALTH,
    HELP,
    VERSION,
    UNKNOWN
  }

  Command parse(String... args) {
    if (args.length == 0) {
      return Command.RUN;
    }
    if (args.length > 1) {
      return Command.UNKNOWN;
    }
    return switch (args[0]) {
      case "--health" -> Command.HEALTH;
      case "--help", "-h" -> Command.HELP;
      case "--version", "-V" -> Command.VERSION;
      default -> Command.UNKNOWN;
    };
  }

  String help() {
    return """
        Usage: %s [--health | --help | --version]
        %s

        --health asks the one that runs here with the same environment whether it is ready, and
        ends with 0 where it is, with 1 where it is not.

        It is configured by environment variables; a default stands in brackets:
        %s
        Exit status: 143 after SIGTERM, 1 when it could not start, 2 for wrong usage or
        configuration.
        """
        .formatted(
            name,
            description,
            ServiceName.of(name).map(ConfigurationTable::text).orElse("  (none)\n"));
  }

  String version() {
    return name + " " + Build.version() + "\n";
  }

  String refusal(String... args) {
    return name + ": unknown arguments: " + String.join(" ", args) + "; --help tells the usage\n";
  }
}
