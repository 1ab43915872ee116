package io.patrolagent.standalone.command;

import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.embedded.fleet.FleetProfile;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which demo fleet an embedded database is filled with. */
final class FleetSelection {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      defaultValue = "1000",
      description = "clusters of the demo fleet; default: ${DEFAULT-VALUE}")
  private int clusters;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the same seed gives the same fleet; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "incidents",
      description = "${COMPLETION-CANDIDATES} (in any case); default: ${DEFAULT-VALUE}")
  private FleetProfile profile = FleetProfile.INCIDENTS;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  FleetSelection() {}

  FleetOptions options() {
    try {
      return new FleetOptions(clusters, seed, profile, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
