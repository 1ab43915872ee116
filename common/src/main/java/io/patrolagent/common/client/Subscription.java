package io.patrolagent.common.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on their way to a handler. A report that the handler throws at is handed over again,
 * after a wait that grows to half a minute, for as long as it takes: reports behind it on its
 * partition wait. A handler that wants to pass one over returns.
 */
public final class Subscription implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final long CLOSE_TIMEOUT_MS = 5_000;

  private final FinishedReports reports;
  private final ReportHandler handler;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "patrol-subscription");
  private volatile @Nullable RuntimeException failure;

  private Subscription(FinishedReports reports, ReportHandler handler) {
    this.reports = reports;
    this.handler = handler;
  }

  static Subscription start(FinishedReports reports, ReportHandler handler) {
    Subscription subscription = new Subscription(reports, handler);
    subscription.thread.start();
    return subscription;
  }

  /**
   * Waits until the subscription is closed.
   *
   * @throws PatrolClientException if it ended by itself, with the cause
   */
  public void join() throws InterruptedException {
    thread.join();
    RuntimeException cause = failure;
    if (cause != null) {
      throw new PatrolClientException("the subscription ended: " + cause.getMessage(), cause);
    }
  }

  private void run() {
    try (reports) {
      Duration wait = FIRST_WAIT;
      while (closing.getCount() > 0) {
        Optional<FinishedReports.Delivery> delivery = reports.poll();
        if (delivery.isEmpty() || handOver(delivery.get())) {
          wait = FIRST_WAIT;
        } else {
          closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
          wait =
              wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0
                  ? wait.multipliedBy(2)
                  : LONGEST_WAIT;
        }
      }
    } catch (WakeupException | InterruptedException e) {
      LOG.debug("the subscription ends");
    } catch (RuntimeException e) {
      failure = e;
      LOG.error("the subscription ended", e);
    }
  }

  private boolean handOver(FinishedReports.Delivery delivery) throws InterruptedException {
    try {
      handler.onReport(delivery.finished());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("report {} was not taken and comes again", delivery.finished().reportId(), e);
      reports.readAgain(delivery);
      return false;
    }
    try {
      reports.confirm(delivery);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.info("report {} may be handed to another member too", delivery.finished().reportId());
    }
    return true;
  }

  /** Ends after the report that the handler has at the moment. */
  @Override
  public void close() {
    closing.countDown();
    reports.wakeup();
    try {
      thread.join(CLOSE_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
