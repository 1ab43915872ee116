package io.patrolagent.standalone.command;

import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a patrol is asked for. */
final class TriggerOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--customer", paramLabel = "NAME", description = "only this customer's clusters")
  private List<String> customers = List.of();

  @Option(names = "--cluster", paramLabel = "ID", description = "only this cluster")
  private List<String> clusters = List.of();

  @Option(names = "--region", paramLabel = "REGION", description = "only clusters of this region")
  private List<String> regions = List.of();

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "only customers of tier S, A, B or C")
  private List<String> tiers = List.of();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "only this cloud account's clusters")
  private List<String> accounts = List.of();

  @Option(names = "--focus", paramLabel = "SENTENCE", description = "what the agent should look at")
  private @Nullable String focus;

  @Option(
      names = "--triggered-by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who asks; default: ${DEFAULT-VALUE}")
  private String triggeredBy = "patrol";

  @Option(names = "--retry-of", paramLabel = "ID", description = "the patrol that this one repeats")
  private @Nullable String retryOf;

  @SuppressWarnings("NullAway.Init") // picocli sets the command
  TriggerOptions() {}

  PatrolRequested trigger(ReportType type, @Nullable Instant expiresAt) {
    try {
      return PatrolRequested.of(
          type,
          triggeredBy,
          new Scope(accounts, customers, tiers, regions, clusters),
          focus,
          expiresAt,
          retryOf == null ? null : PatrolId.parse(retryOf));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
