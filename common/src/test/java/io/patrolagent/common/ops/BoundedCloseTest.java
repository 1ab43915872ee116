package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BoundedCloseTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(BoundedClose.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
  }

  @Test
  void whatHangsIsLeftAndSaidWithThePlace() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    BoundedClose closing = new BoundedClose("sink", never::await, Duration.ofMillis(200));
    // When
    closing.close();
    // Then
    assertThat(messages()).contains("sink did not stop within 0.2 s; it hangs in ");
    assertThat(messages()).contains("CountDownLatch.await");
    never.countDown();
  }

  @Test
  void whatFailsIsSaid() {
    new BoundedClose(
            "sink",
            () -> {
              throw new IllegalStateException("stuck");
            })
        .close();
    assertThat(messages()).contains("sink did not stop cleanly: stuck");
  }

  @Test
  void theTargetIsClosedOnce() {
    // Given
    AtomicInteger closed = new AtomicInteger();
    BoundedClose closing = new BoundedClose("sink", closed::incrementAndGet);
    // When
    closing.close();
    closing.close();
    // Then
    assertThat(closed).hasValue(1);
    assertThat(messages()).isEqualTo("sink stopped");
  }

  private String messages() {
    return String.join("\n", appender.list.stream().map(e -> e.getFormattedMessage()).toList());
  }
}
