package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two instances of each stage and a stream of patrols, while faults of all kinds come at random.
 * {@code -Dpatrol.night.seed} chooses another night, {@code -Dpatrol.night.length=PT1H} a longer
 * one; the seed is printed.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class RandomNightIT extends FaultKit {

  private static final long SEED = Long.getLong("patrol.night.seed", 20_261_128);
  private static final Duration LENGTH =
      Duration.parse(System.getProperty("patrol.night.length", "PT2M"));

  /** After the last fault: sessions and transactions time out, and the queue is worked off. */
  private static final Duration BOUND = Duration.ofMinutes(3);

  private static final int AT_LEAST = 200;
  private static final Duration BETWEEN_TRIGGERS = Duration.ofMillis(500);

  @Test
  void everyPatrolOfANightEndsExactlyOnce() throws Exception {
    NightPlan plan = NightPlan.of(SEED, LENGTH);
    System.out.printf("a night of %s with seed %d%n", LENGTH, SEED);
    pipeline.with("PATROL_TOPIC_PARTITIONS", "3").with("PATROL_LLM_PROVIDERS", "openai,offline");
    pipeline.startAll();
    Pipeline.STAGES.forEach(this::launch);
    pipeline.awaitReady();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> triggers = CompletableFuture.runAsync(() -> triggerUntil(over));

    Night night = new Night(platform, pipeline);
    night.bring(plan);
    over.set(true);
    triggers.get(BOUND.toSeconds(), TimeUnit.SECONDS);

    pipeline.awaitReady();
    pipeline.recovers("a random night", BOUND);
    assertThat(pipeline.patrols()).hasSizeGreaterThan(AT_LEAST);
    assertThat(pipeline.ledger().rows(pipeline.patrols()).values())
        .filteredOn(row -> !Set.of("completed", "degraded").contains(row.status()))
        .as("patrols that a night made fail")
        .isEmpty();
    Topics topics = pipeline.topics();
    assertThat(pipeline.ledger().records(Topics.deadLetter(topics.requested())))
        .hasSize(night.poison());
    System.out.printf(
        "%d patrols, faults %s, model calls repeated %d%n",
        pipeline.patrols().size(), night.brought(), pipeline.repeatedCalls());
  }

  private ServiceProcess launch(String stage) {
    try {
      return pipeline.launch(stage);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void triggerUntil(AtomicBoolean over) {
    for (int i = 0; !over.get() || i <= AT_LEAST; i++) {
      ReportType type = i % 3 == 0 ? ReportType.ON_DEMAND : ReportType.MORNING;
      await()
          .pollDelay(BETWEEN_TRIGGERS)
          .atMost(BOUND)
          .until(
              () -> {
                pipeline.triggerUntilAccepted(type);
                return true;
              });
    }
  }
}
