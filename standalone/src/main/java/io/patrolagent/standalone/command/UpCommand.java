package io.patrolagent.standalone.command;

import io.patrolagent.common.config.Setting;
import io.patrolagent.scheduler.schedule.Schedule;
import io.patrolagent.standalone.pipeline.Pipeline;
import io.patrolagent.standalone.pipeline.Platform;
import io.patrolagent.standalone.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patrol up}: the embedded pipeline until it is interrupted. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Runs the pipeline and its schedule over an embedded Kafka, and PostgreSQL unless"
            + " PATROL_DATABASE_URL is set, until interrupted. Both listen on the loopback address alone.")
final class UpCommand implements Callable<Integer> {

  static final int KAFKA_PORT = 19092;
  static final int POSTGRES_PORT = 15432;

  private final Terminal terminal;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "" + KAFKA_PORT,
      description = "default: ${DEFAULT-VALUE}")
  private int kafkaPort;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "" + POSTGRES_PORT,
      description = "default: ${DEFAULT-VALUE}")
  private int postgresPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep their data there; without it, it is gone when this ends")
  private @Nullable Path data;

  @Mixin private final FleetSelection fleet = new FleetSelection();

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (terminal.isSet(Setting.KAFKA_BOOTSTRAP_SERVERS)) {
      terminal
          .err()
          .println(
              "patrol: 'up' embeds Kafka, but PATROL_KAFKA_BOOTSTRAP_SERVERS is set; use"
                  + " 'patrol serve' for your own, or unset it");
      return PatrolCommand.USAGE;
    }
    List<Schedule> schedules = ScheduleCommand.settings(terminal).schedules();
    var options = new Platform.Options(kafkaPort, postgresPort, data, fleet.options());
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(interrupted, ended), "up-ends"));
    Progress progress = terminal.progress();
    try (EmbeddedPipeline pipeline =
        EmbeddedPipeline.start(terminal.variables(), options, Pipeline::withSchedule, progress)) {
      progress.close();
      printAddresses(pipeline.platform());
      printNextSlots(schedules);
      terminal.out().println("In another terminal: ./patrol trigger on_demand; ./patrol list");
      terminal.out().println("Ctrl-C ends it.");
      interrupted.await();
    } catch (Exception e) {
      progress.failed();
      throw e;
    } finally {
      ended.countDown();
    }
    return PatrolCommand.OK;
  }

  private void printAddresses(Platform platform) {
    terminal.out().println("Kafka      " + platform.bootstrapServers());
    if (!platform.jdbcUrl().isEmpty()) {
      terminal.out().println("PostgreSQL " + platform.jdbcUrl());
    }
  }

  private void printNextSlots(List<Schedule> schedules) {
    if (schedules.isEmpty()) {
      terminal.out().println("Schedule   off");
    }
    String title = "Schedule   ";
    for (Schedule schedule : schedules) {
      terminal
          .out()
          .println(title + "next " + schedule.name() + " " + ScheduleCommand.nextSlot(schedule));
      title = " ".repeat(title.length());
    }
  }

  private static void end(CountDownLatch interrupted, CountDownLatch ended) {
    interrupted.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
