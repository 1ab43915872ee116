package io.patrolagent.reportsink.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.stage.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code patrol.status} up to date on threads of its own, at least once. It waits for brokers
 * and topics, replaces a thread that failed, and never disturbs whoever started it: what is wrong
 * with it, {@link #liveness} and {@link #readiness} say. Thread-safe.
 */
public final class StatusView implements AutoCloseable {

  /** The application's name, also of its group and before its own topics, behind the prefix. */
  public static final String APPLICATION = "status";

  private static final Logger LOG = LoggerFactory.getLogger(StatusView.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final RetryPolicy WAITS =
      new RetryPolicy(1, Duration.ofMillis(200), Duration.ofSeconds(5));

  /** A thread that worked for so long has left its former troubles behind. */
  private static final Duration CALM = Duration.ofMinutes(5);

  private final KafkaSettings kafka;
  private final Topics topics;
  private final MeterRegistry meters;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread starting = new Thread(this::run, "status-view-start");
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable Throwable failure;
  private volatile String waitingFor = "the status view has not started";
  private int failures;
  private long failedAt;

  public StatusView(KafkaSettings kafka, Topics topics, MeterRegistry meters) {
    this.kafka = kafka;
    this.topics = topics;
    this.meters = meters;
  }

  /** Begins and returns at once. */
  public void start() {
    starting.setDaemon(true);
    starting.start();
  }

  /** Whether it works or can get to work without a restart of the process. */
  public HealthCheck liveness() {
    return check(false);
  }

  /** Whether it works. */
  public HealthCheck readiness() {
    return check(true);
  }

  private HealthCheck check(boolean ready) {
    return new HealthCheck() {
      @Override
      public String name() {
        return topics.group(APPLICATION);
      }

      @Override
      public void check() {
        Throwable cause = failure;
        if (cause != null) {
          throw new IllegalStateException("the status view has died: " + cause, cause);
        }
        KafkaStreams running = streams;
        if (running == null) {
          if (ready) {
            throw new IllegalStateException(waitingFor);
          }
        } else if (!running.state().isRunningOrRebalancing()
            && (ready || running.state() != State.CREATED)) {
          throw new IllegalStateException("the status view is " + running.state());
        }
      }
    };
  }

  private void run() {
    try {
      String topicId = awaitTopics();
      KafkaStreams created =
          new KafkaStreams(
              new PatrolStatusTopology(topics, topicId, meters).get(),
              StreamsSettings.of(kafka, topics.group(APPLICATION)));
      created.setUncaughtExceptionHandler(this::onFailure);
      synchronized (this) {
        if (closing.getCount() == 0) {
          created.close(Duration.ZERO);
          return;
        }
        streams = created;
        created.start();
      }
    } catch (InterruptedException e) {
      LOG.debug("the status view ends before it began");
    } catch (RuntimeException | Error e) {
      failure = e;
      LOG.error("the status view cannot start; reports are made nevertheless", e);
    }
  }

  private String awaitTopics() throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return new ViewTopics(kafka, topics).requestedTopicId();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        waitingFor = "the status view waits: " + e.getMessage();
        Duration wait = WAITS.waitAfter(tries);
        if (tries > 1) { // topics that the stage beside it is making are no news
          LOG.warn("{} (again in {} ms)", waitingFor, wait.toMillis());
        }
        if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new InterruptedException("closed while it waited");
        }
      }
    }
  }

  /** On the thread that failed, which another one replaces when this returns. */
  private StreamThreadExceptionResponse onFailure(Throwable cause) {
    if (cause instanceof Error) {
      LOG.error("the status view has died", cause);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    long now = System.nanoTime();
    failures = failures > 0 && now - failedAt < CALM.toNanos() ? failures + 1 : 1;
    failedAt = now;
    Duration wait = WAITS.waitAfter(failures);
    LOG.warn("the status view failed and goes on in {} ms", wait.toMillis(), cause);
    try {
      if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Leaves the group, so that another instance takes over at once; takes at most five seconds. */
  @Override
  public void close() {
    KafkaStreams running;
    synchronized (this) {
      closing.countDown();
      running = streams;
    }
    if (running == null) {
      starting.interrupt();
      return;
    }
    boolean closed =
        running.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn("the status view did not end within {}", CLOSE_TIMEOUT);
    }
  }
}
