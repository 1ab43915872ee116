package io.patrolagent.scheduler;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.ops.KafkaCheck;
import io.patrolagent.common.ops.Service;
import io.patrolagent.scheduler.schedule.ScheduleSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler, whole: a thread that triggers what is due and waits for the next slot. */
public final class SchedulerService implements Service {

  static final String NAME = "scheduler";

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerService.class);
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

  private final ScheduleSettings settings;
  private final KafkaCheck kafkaCheck;
  private final TriggerSender sender;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, NAME);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  SchedulerService(
      ScheduleSettings settings,
      KafkaSettings kafka,
      TopicSettings topics,
      Clock clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.clock = clock;
    this.kafkaCheck = new KafkaCheck(kafka);
    this.sender = new KafkaTriggers(kafka, topics);
    this.scheduler = new Scheduler(settings, sender, clock, meters);
    thread.setDaemon(true); // a broker that does not answer does not hold the process
  }

  /** Reads {@code PATROL_KAFKA_…}, {@code _TOPIC…} and {@code _SCHEDULE_…}. */
  public static SchedulerService create(Env env, MeterRegistry meters) {
    KafkaSettings kafka = KafkaSettings.from(env);
    TopicSettings topics = TopicSettings.from(env);
    ScheduleSettings settings = ScheduleSettings.from(env);
    env.verify();
    return new SchedulerService(settings, kafka, topics, Clock.systemUTC(), meters);
  }

  @Override
  public void contribute(Health health) {
    health
        .worker(check("scheduler", this::requireAlive))
        .dependency(check("schedule", scheduler::requireReady))
        .dependency(kafkaCheck);
  }

  @Override
  public void start() {
    if (settings.schedules().isEmpty()) {
      LOG.warn("no schedule is on: patrols are made on demand alone");
    }
    settings
        .schedules()
        .forEach(
            schedule ->
                LOG.info(
                    "schedule {}: next slot at {}", schedule, schedule.next(clock.instant()).at()));
    thread.start();
  }

  private void run() {
    try {
      Duration wait = scheduler.turn();
      while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        wait = scheduler.turn();
      }
    } catch (InterruptedException e) {
      LOG.debug("the scheduler was stopped while it was triggering");
    } catch (RuntimeException | Error e) {
      failure = e;
      LOG.error("the scheduler has died and triggers nothing more", e);
    }
  }

  private void requireAlive() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the scheduler has died: " + cause, cause);
    }
  }

  private static HealthCheck check(String name, Runnable check) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void check() {
        check.run();
      }
    };
  }

  @Override
  public void close() throws InterruptedException {
    try {
      closing.countDown();
      thread.interrupt();
      thread.join(SHUTDOWN_LIMIT.toMillis());
    } finally {
      sender.close();
      kafkaCheck.close();
    }
  }
}
