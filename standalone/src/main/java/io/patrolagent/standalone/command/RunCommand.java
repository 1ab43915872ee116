package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.page.ReportText;
import io.patrolagent.common.page.ReportView;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.standalone.pipeline.Pipeline;
import io.patrolagent.standalone.pipeline.Platform;
import io.patrolagent.standalone.progress.PatrolWatcher;
import io.patrolagent.standalone.progress.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patrol run}: one patrol from trigger to printed report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Makes one patrol, shows its progress and prints its report.",
      "With PATROL_KAFKA_BOOTSTRAP_SERVERS set it triggers the services that run there and waits;"
          + " with PATROL_DATABASE_URL alone it patrols that database over an embedded broker;"
          + " with neither, a demo fleet."
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TYPE",
      defaultValue = "on_demand",
      converter = ReportTypes.class,
      completionCandidates = ReportTypes.class,
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private ReportType type = ReportType.ON_DEMAND;

  @Option(names = "--json", description = "print the patrol.report-finished event and nothing else")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description =
          "when to stop waiting, and the patrol to be worth it; default: ${DEFAULT-VALUE}")
  private int timeoutMinutes;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the embedded Kafka and PostgreSQL there")
  private @Nullable Path data;

  @Mixin private final TriggerOptions trigger = new TriggerOptions();
  @Mixin private final FleetSelection fleet = new FleetSelection();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Duration timeout = Duration.ofMinutes(timeoutMinutes);
    PatrolRequested request = trigger.trigger(type, Instant.now().plus(timeout));
    Progress progress = terminal.progress();
    try (progress) {
      ReportFinished finished =
          terminal.isSet(Setting.KAFKA_BOOTSTRAP_SERVERS)
              ? patrol(terminal.variables(), request, timeout, progress)
              : patrolEmbedded(request, timeout, progress);
      progress.close();
      print(finished);
      return finished.status().isReport() ? PatrolCommand.OK : PatrolCommand.FAILED;
    } catch (Exception e) {
      progress.failed();
      throw e;
    }
  }

  private ReportFinished patrolEmbedded(
      PatrolRequested request, Duration timeout, Progress progress) throws Exception {
    var options = new Platform.Options(0, 0, data, fleet.options());
    try (EmbeddedPipeline pipeline =
        EmbeddedPipeline.start(terminal.variables(), options, Pipeline::of, progress)) {
      return patrol(pipeline.variables(), request, timeout, progress);
    }
  }

  private static ReportFinished patrol(
      Map<String, String> variables, PatrolRequested request, Duration timeout, Progress progress)
      throws Exception {
    Env env = Env.of(variables);
    KafkaSettings kafka = KafkaSettings.from(env);
    Topics topics = new Topics(TopicSettings.from(env).prefix());
    env.verify();
    PatrolId patrol = Objects.requireNonNull(request.patrolId());
    try (PatrolClient client = new PatrolClient(kafka, topics);
        PatrolWatcher watcher = PatrolWatcher.start(client, patrol, progress)) {
      progress.phase("the aggregator condenses the fleet for patrol " + patrol);
      return client.runPatrol(request, timeout);
    }
  }

  private void print(ReportFinished finished) {
    byte[] bytes =
        json
            ? EventCodec.encode(finished)
            : ReportText.render(ReportView.of(finished.report())).stripTrailing().getBytes(UTF_8);
    terminal.out().write(bytes, 0, bytes.length);
    terminal.out().println();
  }
}
