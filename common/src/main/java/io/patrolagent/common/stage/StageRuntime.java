package io.patrolagent.common.stage;

import io.micrometer.core.instrument.Gauge;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.ops.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a {@link StageHandler}: every record of its topics is handled, retried or given up
 * visibly, and what comes of it is published exactly once.
 *
 * <p>How:
 *
 * <ul>
 *   <li>One job per partition. While it works its partition is paused and the consumer polled, so a
 *       job may last for hours and is never taken for dead.
 *   <li>Outputs, dead letters and offset are one transaction, of a producer per owned partition
 *       whose transactional id fences every former owner. It is fenced first, then the group's
 *       offset is read: what a former owner committed is final by then.
 *   <li>The rebalance listener returns only when the partition's job can no longer commit. A
 *       <em>revoked</em> partition's job is stopped at its next step, a <em>lost</em> one's at
 *       once.
 *   <li>A commit whose result is unknown, or a producer that was fenced while the partition is
 *       still assigned, leads back to fencing, reading the committed offset and delivering from
 *       there; nothing in memory is trusted.
 * </ul>
 *
 * <p>Thread-safe. {@link #close} takes at most ten seconds.
 */
public final class StageRuntime<I> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageRuntime.class);

  /** How long running jobs may take to end by themselves when the process ends. */
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(6);

  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(9);
  private static final RetryPolicy PREPARATION_RETRIES =
      new RetryPolicy(1, Duration.ofMillis(200), Duration.ofSeconds(5));

  private final StageOptions options;
  private final String clientId;
  private final KafkaSettings kafka;
  private final List<Preparation> preparations;
  private final Membership membership = new Membership();
  private final StageWorkers workers;
  private final PollLoop loop;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;
  private volatile @Nullable String waitingFor = "the stage has not started";

  public StageRuntime(
      StageOptions options,
      StageHandler<I> handler,
      KafkaSettings kafka,
      Topics topics,
      List<Preparation> preparations,
      List<HealthCheck> dependencies,
      Telemetry telemetry) {
    this.options = options;
    this.clientId = options.stage() + "-" + UUID.randomUUID();
    this.kafka = kafka;
    this.preparations = List.copyOf(preparations);
    var metrics = new StageMetrics(options, telemetry.meters(), Clock.systemUTC());
    var processor =
        new RecordProcessor<>(options, handler, topics, dependencies, Clock.systemUTC(), metrics);
    this.workers =
        new StageWorkers(
            options, clientId, kafka, processor, membership, telemetry, metrics, this::fail);
    this.loop =
        new PollLoop(
            new KafkaConsumer<>(
                consumerConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            options,
            membership,
            workers,
            metrics);
    workers.answerTo(loop);
    this.thread = new Thread(this::run, options.stage() + "-poll");
    Gauge.builder("patrol.stage.partitions", this, StageRuntime::partitionCount)
        .tag("stage", options.stage())
        .tag("group", options.group())
        .register(telemetry.meters());
  }

  /** Begins; what is not reachable yet is waited for, and {@link #readiness} says so. */
  public void start() {
    thread.start();
  }

  /** What its consumer is called at the broker, and its producers begin with. */
  String clientId() {
    return clientId;
  }

  /** How many partitions it owns at present. */
  int partitionCount() {
    return loop.partitions().size();
  }

  /** Whether the stage's threads are alive, whatever they wait for. */
  public HealthCheck liveness() {
    return check(false);
  }

  /** Whether the stage can take records now. */
  public HealthCheck readiness() {
    return check(true);
  }

  private HealthCheck check(boolean ready) {
    return new HealthCheck() {
      @Override
      public String name() {
        return options.group();
      }

      @Override
      public void check() throws Exception {
        Throwable cause = failure;
        if (cause != null) {
          throw new IllegalStateException(options.stage() + " has died: " + cause, cause);
        }
        if (ready) {
          checkReady();
        }
      }
    };
  }

  private void checkReady() throws Exception {
    String missing = waitingFor;
    if (missing != null) {
      throw new IllegalStateException(missing);
    }
    for (OwnedPartition partition : loop.partitions()) {
      Exception cause = partition.claimFailure();
      if (cause != null) {
        throw new IllegalStateException(
            "cannot take over " + partition.partition() + ": " + cause.getMessage(), cause);
      }
      RecordJob job = partition.job();
      String waitsFor = job == null ? null : job.waitsFor();
      if (job != null && waitsFor != null) {
        throw new IllegalStateException(job.source().coordinates() + " waits, " + waitsFor);
      }
    }
  }

  private void run() {
    try {
      prepare();
      workers.measureLag();
      loop.run();
    } catch (InterruptedException e) {
      LOG.debug("{} ends before it began", options.stage());
    } catch (Exception | Error e) {
      fail(e);
    } finally {
      loop.close(SHUTDOWN_GRACE);
    }
  }

  private void prepare() throws PermanentFailureException, InterruptedException {
    for (Preparation preparation : preparations) {
      for (int failures = 0; closing.getCount() > 0; ) {
        waitingFor = "waits for " + preparation.name();
        try {
          preparation.run();
          break;
        } catch (PermanentFailureException | InterruptedException e) {
          throw e;
        } catch (Exception e) {
          waitingFor = "waits for " + preparation.name() + ": " + e.getMessage();
          Duration wait = PREPARATION_RETRIES.waitAfter(++failures);
          LOG.warn("{} {} (again in {} ms)", options.stage(), waitingFor, wait.toMillis());
          if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("closed while it was preparing");
          }
        }
      }
    }
    waitingFor = null;
  }

  private void fail(Throwable cause) {
    failure = cause;
    LOG.error("{} has died and handles no more records", options.stage(), cause);
    loop.stop();
  }

  private Map<String, Object> consumerConfig() {
    Map<String, Object> config = new HashMap<>(kafka.forConsumer());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, options.group());
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, kafka.groupProtocol().kafkaName());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.putIfAbsent(
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(PollLoop.POLL.toMillis()));
    // one at a time: what is fetched beyond it waits in the consumer until its partition is resumed
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return config;
  }

  /** Lets running jobs end or reach their next step, commits what they ended, leaves the group. */
  @Override
  public void close() {
    closing.countDown();
    loop.stop();
    if (thread.getState() == Thread.State.NEW) {
      loop.close(Duration.ZERO);
    }
    try {
      thread.join(SHUTDOWN_LIMIT.toMillis());
      if (thread.isAlive()) {
        LOG.warn("{} did not end within {}", options.stage(), SHUTDOWN_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workers.close();
    }
  }
}
