package io.patrolagent.aggregator.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.patrol.PatrolId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Admissions without Kafka: what it would have said is set by the test. */
public final class AdmissionsFixture implements Admissions.Inputs {

  public final Map<PatrolId, CancelRequested> cancelled = new HashMap<>();
  public final MeterRegistry meters = new SimpleMeterRegistry();
  public boolean unreadable;

  /** Lets everything in. */
  public static Admissions open(Jdbi jdbi) {
    return new AdmissionsFixture().admissions(jdbi, Instant.EPOCH, null);
  }

  public Admissions admissions(Jdbi jdbi, Instant now, @Nullable String budget) {
    return new Admissions(
        new AdmissionSettings(
            Duration.ofMinutes(10),
            2,
            100,
            budget == null ? null : new BigDecimal(budget),
            ZoneOffset.UTC),
        new TriggerLog(),
        this,
        jdbi,
        Clock.fixed(now, ZoneOffset.UTC),
        meters);
  }

  @Override
  public void awaitTriggers() throws TimeoutException {
    if (unreadable) {
      throw new TimeoutException("topic patrol.requested was not read to its end");
    }
  }

  @Override
  public Optional<CancelRequested> cancellation(PatrolId patrol) {
    return Optional.ofNullable(cancelled.get(patrol));
  }
}
