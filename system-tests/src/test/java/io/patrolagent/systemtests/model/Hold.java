package io.patrolagent.systemtests.model;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request whose answer the model keeps back. */
public final class Hold {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Waits until the request is there. */
  public void awaitReached() throws InterruptedException {
    if (!reached.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the model was not asked for what it was to hold");
    }
  }

  /** It is answered, whether anybody still listens or not. */
  public void release() {
    released.countDown();
  }

  void keep() throws InterruptedException {
    reached.countDown();
    released.await();
  }
}
