package io.patrolagent.common.ops;

import io.patrolagent.common.ops.HealthReport.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the process works and whether it can work.
 *
 * <p>A <em>worker</em> is a thread of ours: when it is dead only a restart helps, so it counts for
 * liveness and readiness. A <em>dependency</em> is somebody else's: a restart would not help, so it
 * counts for readiness alone. Checks run side by side, each for at most two seconds, and their
 * answers count for one, so that probes in numbers do not become load. Thread-safe.
 */
public final class Health implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(2);
  static final Duration FRESH = Duration.ofSeconds(1);

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final Duration timeout;
  private final Probe live;
  private final Probe ready;
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "health-check-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean stopping;

  public Health() {
    this(TIMEOUT, FRESH, System::nanoTime);
  }

  Health(Duration timeout, Duration fresh, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.live = new Probe(fresh, nanoTime);
    this.ready = new Probe(fresh, nanoTime);
  }

  /** Adds what counts for liveness and readiness. */
  public Health worker(HealthCheck worker) {
    live.add(worker);
    ready.add(worker);
    return this;
  }

  /** Adds what counts for readiness alone. */
  public Health dependency(HealthCheck dependency) {
    ready.add(dependency);
    return this;
  }

  /** Whether the workers live; not up means that a restart is called for. */
  public HealthReport live() {
    return live.report();
  }

  /** Whether work gets done at present; not up while the process stops. */
  public HealthReport ready() {
    return stopping
        ? new HealthReport(List.of(new Result("process", Optional.of("stopping"))))
        : ready.report();
  }

  /** From now on not ready, so that nothing new is sent here; still live. */
  void stopping() {
    stopping = true;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** The checks of one question, and its last answer. */
  private final class Probe {

    private final List<GuardedCheck> checks = new ArrayList<>();
    private final Duration fresh;
    private final LongSupplier nanoTime;
    private @Nullable HealthReport last;
    private long askedAt;

    Probe(Duration fresh, LongSupplier nanoTime) {
      this.fresh = fresh;
      this.nanoTime = nanoTime;
    }

    synchronized void add(HealthCheck check) {
      checks.add(new GuardedCheck(check, timeout));
      last = null;
    }

    synchronized HealthReport report() {
      if (last != null && nanoTime.getAsLong() - askedAt < fresh.toNanos()) {
        return last;
      }
      long deadline = System.nanoTime() + timeout.toNanos();
      checks.forEach(check -> check.start(executor));
      last = new HealthReport(checks.stream().map(check -> check.answerBy(deadline)).toList());
      askedAt = nanoTime.getAsLong();
      return last;
    }
  }
}
