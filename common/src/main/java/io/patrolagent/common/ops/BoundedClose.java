package io.patrolagent.common.ops;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes something within a time, and says where it hangs when that was not enough: the platform
 * kills the process soon after, and then nobody could tell.
 */
final class BoundedClose implements AutoCloseable {

  static final Duration TIME = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(BoundedClose.class);
  private static final int FRAMES = 8;

  private final String name;
  private final AutoCloseable target;
  private final Duration time;
  private final AtomicBoolean closed = new AtomicBoolean();

  BoundedClose(String name, AutoCloseable target) {
    this(name, target, TIME);
  }

  BoundedClose(String name, AutoCloseable target, Duration time) {
    this.name = name;
    this.target = target;
    this.time = time;
  }

  /** Closes the target once; later calls do nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread closer = new Thread(() -> closeTarget(failure), name + "-close");
    closer.setDaemon(true);
    closer.start();
    try {
      closer.join(time.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (closer.isAlive()) {
      LOG.error(
          "{} did not stop within {} s; it hangs in {}",
          name,
          time.toMillis() / 1000.0,
          where(closer));
    } else if (failure.get() != null) {
      LOG.error("{} did not stop cleanly: {}", name, Cause.of(failure.get()), failure.get());
    } else {
      LOG.info("{} stopped", name);
    }
  }

  private void closeTarget(AtomicReference<Exception> failure) {
    try {
      target.close();
    } catch (Exception thrown) {
      failure.set(thrown);
    }
  }

  private static String where(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }
}
