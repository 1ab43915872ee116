package io.patrolagent.agentrunner.provider;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass between two attempts. */
@FunctionalInterface
interface Waiter {

  /** Holds the thread for that long. */
  Waiter SLEEP = wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos());

  void await(Duration wait) throws InterruptedException;
}
