package io.patrolagent.common.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.stage.Publication.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class StageMetricsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StageMetrics metrics =
      new StageMetrics(
          StageOptions.of("stage", "patrol.stage", List.of("t"), 1),
          meters,
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void everyEndingIsCountedFromZero() {
    for (Ending ending : Ending.values()) {
      assertThat(records(ending)).isZero();
    }
    metrics.ended(Ending.DEAD_LETTER, Duration.ofSeconds(1));
    assertThat(records(Ending.DEAD_LETTER)).isOne();
  }

  @Test
  void theOldestRecordInWorkTellsItsAge() {
    RecordJob old = job(NOW.minusSeconds(90));
    metrics.begun(old);
    metrics.begun(job(NOW.minusSeconds(5)));
    assertThat(age()).isEqualTo(90);

    metrics.over(old);
    assertThat(age()).isEqualTo(5);
  }

  @Test
  void whereNothingIsInWorkNothingIsOld() {
    assertThat(age()).isZero();
  }

  private double records(Ending ending) {
    return meters
        .get("patrol.stage.records")
        .tag("ending", ending.name().toLowerCase(java.util.Locale.ROOT))
        .counter()
        .count();
  }

  private double age() {
    return meters.get("patrol.stage.oldest.record.age").gauge().value();
  }

  private static RecordJob job(Instant written) {
    return new RecordJob(
        new SourceRecord("t", "id", 0, 1, written, null, null, new RecordHeaders()),
        null,
        new Membership());
  }
}
