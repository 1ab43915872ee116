package io.patrolagent.standalone.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.ops.ServiceMain;
import io.patrolagent.scheduler.schedule.ScheduleSettings;
import io.patrolagent.standalone.pipeline.Pipeline;
import io.patrolagent.standalone.pipeline.ReaderRole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code patrol serve}: all stages in one process, as a service like each of them. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Runs all stages and the schedule in one process on the Kafka and PostgreSQL that PATROL_… variables name,"
            + " with health and metrics, until it is told to stop.")
final class ServeCommand implements Callable<Integer> {

  private final Terminal terminal;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ServiceMain.run("standalone", "All stages.", new String[0], this::pipeline);
    return PatrolCommand.OK;
  }

  private Pipeline pipeline(Env env, MeterRegistry meters) {
    KafkaSettings.from(env);
    TopicSettings.from(env);
    DatabaseSettings owner = DatabaseSettings.from(env);
    ScheduleSettings.from(env);
    env.verify(); // before anything is asked of the database
    return Pipeline.withSchedule(terminal.variables(), ReaderRole.ensure(env, owner), meters);
  }
}
