package io.patrolagent.common.ops;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A check that does what a test tells it to, and counts. */
final class FakeCheck implements HealthCheck {

  private final String name;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Exception failure;

  FakeCheck(String name) {
    this.name = name;
  }

  FakeCheck down(Exception cause) {
    failure = cause;
    return this;
  }

  void up() {
    failure = null;
  }

  int asked() {
    return asked.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void check() throws Exception {
    asked.incrementAndGet();
    Exception cause = failure;
    if (cause != null) {
      throw cause;
    }
  }
}
