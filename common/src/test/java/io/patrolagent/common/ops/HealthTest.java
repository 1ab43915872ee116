package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final AtomicLong now = new AtomicLong();
  private Health health = new Health(Duration.ofSeconds(5), Duration.ofSeconds(1), now::get);

  @AfterEach
  void close() {
    health.close();
  }

  @Test
  void withoutChecksAllIsWell() {
    assertThat(health.live().json()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    assertThat(health.ready().up()).isTrue();
  }

  @Test
  void aDeadWorkerIsNeitherLiveNorReady() {
    // Given
    health.worker(new FakeCheck("aggregator").down(new IllegalStateException("it is dead")));
    // Then
    assertThat(health.live().json())
        .isEqualTo(
            "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"aggregator\",\"status\":\"DOWN\","
                + "\"cause\":\"it is dead\"}]}");
    assertThat(health.ready().up()).isFalse();
  }

  @Test
  void aDependencyThatIsDownIsLiveButNotReady() {
    // Given
    FakeCheck kafka = new FakeCheck("kafka");
    health
        .dependency(kafka)
        .dependency(new FakeCheck("database").down(new Exception("does not answer")));
    // Then
    assertThat(health.live().up()).isTrue();
    assertThat(health.ready().json())
        .isEqualTo(
            "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"kafka\",\"status\":\"UP\"},"
                + "{\"name\":\"database\",\"status\":\"DOWN\",\"cause\":\"does not answer\"}]}");
    assertThat(health.ready().causes()).isEqualTo("database: does not answer");
    assertThat(health.ready().jsonStatus()).isEqualTo("{\"status\":\"DOWN\"}");
  }

  @Test
  void anAnswerCountsForASecondAndThenIsAskedForAgain() {
    // Given
    FakeCheck kafka = new FakeCheck("kafka").down(new Exception("no"));
    health.dependency(kafka);
    assertThat(health.ready().up()).isFalse();
    kafka.up();
    // When
    now.addAndGet(Duration.ofMillis(999).toNanos());
    // Then
    assertThat(health.ready().up()).isFalse();
    assertThat(kafka.asked()).isEqualTo(1);
    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(health.ready().up()).isTrue();
    assertThat(kafka.asked()).isEqualTo(2);
  }

  @Test
  void checksRunSideBySide() {
    // Given: each returns only when the other one runs too
    CyclicBarrier both = new CyclicBarrier(2);
    health.dependency(check("one", () -> both.await(5, TimeUnit.SECONDS)));
    health.dependency(check("two", () -> both.await(5, TimeUnit.SECONDS)));
    // Then
    assertThat(health.ready().up()).isTrue();
  }

  @Test
  void aCheckThatHangsIsDownAndIsNotAskedAgainBeforeItCameBack() {
    // Given
    health.close();
    health = new Health(Duration.ofMillis(50), Duration.ZERO, System::nanoTime);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    health.dependency(
        check(
            "database",
            () -> {
              asked.incrementAndGet();
              release.await();
            }));
    // Then
    assertThat(health.ready().causes()).isEqualTo("database: no answer within 50 ms");
    assertThat(health.ready().up()).isFalse();
    assertThat(asked).hasValue(1);
    release.countDown();
    await().untilAsserted(() -> assertThat(health.ready().up()).isTrue());
  }

  @Test
  void anErrorInACheckIsACauseToo() {
    health.worker(
        check(
            "worker",
            () -> {
              throw new NoClassDefFoundError("some/Type");
            }));
    assertThat(health.live().causes()).isEqualTo("worker: some/Type");
  }

  @Test
  void whileTheProcessStopsItIsLiveButNotReady() {
    // When
    health.stopping();
    // Then
    assertThat(health.live().up()).isTrue();
    assertThat(health.ready().causes()).isEqualTo("process: stopping");
  }

  private static HealthCheck check(String name, Body body) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void check() throws Exception {
        body.run();
      }
    };
  }

  private interface Body {
    void run() throws Exception;
  }
}
