package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.ops.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider that is reached over the network: repeats what is worth repeating, leaves alone a
 * provider that is down, and keeps to so many calls at once. Thread-safe.
 *
 * <p>resilience4j keeps breaker and bulkhead. The repetition is ours: a wait that the provider asks
 * for, a deadline that the call was given and the number of tries that a failure deserves differ
 * from call to call.
 */
final class RemoteProvider implements Provider {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteProvider.class);

  /** How long a call that waits for its turn goes without a look at its deadline. */
  private static final Duration TURN = Duration.ofMillis(200);

  private final String name;
  private final String model;
  private final Attempt attempt;
  private final Backoff backoff;
  private final Duration timeout;
  private final Clock clock;
  private final Waiter waiter;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private final MeterRegistry meters;
  private final SpentMetrics spent;

  /** Retries, and the limits of each attempt and of all at once. */
  record Limits(Backoff backoff, Duration timeout, int concurrency) {}

  /** What time it is, what lets it pass, and who is told what took how long. */
  record Surroundings(Clock clock, Waiter waiter, Telemetry telemetry) {}

  RemoteProvider(
      String name, String model, Attempt attempt, Limits limits, Surroundings surroundings) {
    this.name = name;
    this.model = model;
    this.attempt = attempt;
    this.backoff = limits.backoff();
    this.timeout = limits.timeout();
    this.clock = surroundings.clock();
    this.waiter = surroundings.waiter();
    this.meters = surroundings.telemetry().meters();
    this.spent = new SpentMetrics(name, model, meters);
    this.breaker = CircuitBreaker.of(name, breakerConfig(clock));
    Gauge.builder("patrol.llm.breaker.open", breaker, b -> b.getState() == State.OPEN ? 1 : 0)
        .description("1 while a provider that failed too often is left alone")
        .tag("provider", name)
        .register(meters);
    this.bulkhead =
        Bulkhead.of(
            name,
            BulkheadConfig.custom()
                .maxConcurrentCalls(limits.concurrency())
                .maxWaitDuration(TURN)
                .build());
  }

  /** Opens when most of the last ten attempts failed, and tries again with one after 30 s. */
  private static CircuitBreakerConfig breakerConfig(Clock clock) {
    return CircuitBreakerConfig.custom()
        .clock(clock)
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(10)
        .minimumNumberOfCalls(6)
        .failureRateThreshold(60)
        .waitDurationInOpenState(Duration.ofSeconds(30))
        .permittedNumberOfCallsInHalfOpenState(1)
        .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public Outcome.Answered ask(ChatRequest request, Instant deadline)
      throws ProviderFailedException, InterruptedException {
    Map<Reason, Integer> seen = new EnumMap<>(Reason.class);
    ModelUsage spent = ModelUsage.NONE;
    Outcome.@Nullable Failed last = null;
    for (int made = 0; ; ) {
      Outcome.@Nullable Failed barred = enter(deadline);
      if (barred != null) {
        throw failed(last == null ? barred : last, made, spent);
      }
      Outcome outcome = run(request, deadline);
      made++;
      spent = spent.plus(outcome.usage());
      if (outcome instanceof Outcome.Answered answered) {
        return new Outcome.Answered(
            answered.message(), answered.finishReason(), answered.model(), spent);
      }
      last = (Outcome.Failed) outcome;
      int repeated = seen.merge(last.reason(), 1, Integer::sum);
      Optional<Duration> wait = backoff.after(last, made, repeated).filter(w -> ends(w, deadline));
      if (wait.isEmpty()) {
        throw failed(last, made, spent);
      }
      LOG.info("{} failed ({}), again in {}", name, last.reason().word(), wait.get());
      waiter.await(wait.get());
    }
  }

  private boolean ends(Duration wait, Instant deadline) {
    return clock.instant().plus(wait).isBefore(deadline);
  }

  /** Takes a place and the breaker's permission; says why where there is none. */
  private Outcome.@Nullable Failed enter(Instant deadline) throws InterruptedException {
    Instant patience = earlier(deadline, clock.instant().plus(timeout));
    while (!bulkhead.tryAcquirePermission()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for a turn at " + name);
      }
      if (!clock.instant().isBefore(patience)) {
        return new Outcome.Failed(
            Reason.BUSY, "too many calls at once, see PATROL_LLM_CONCURRENCY");
      }
    }
    Outcome.@Nullable Failed barred = null;
    if (!clock.instant().isBefore(deadline)) {
      barred = new Outcome.Failed(Reason.DEADLINE, "no time was left");
    } else if (!breaker.tryAcquirePermission()) {
      barred = new Outcome.Failed(Reason.BREAKER_OPEN, "it failed too often lately");
    }
    if (barred != null) {
      bulkhead.onComplete();
    }
    return barred;
  }

  private Outcome run(ChatRequest request, Instant deadline) throws InterruptedException {
    Instant begun = clock.instant();
    Duration left = Duration.between(begun, deadline);
    boolean cut = left.compareTo(timeout) < 0;
    Outcome outcome = null;
    try {
      outcome = attempt.run(request, cut ? left : timeout);
      if (cut && outcome instanceof Outcome.Failed failed && failed.reason() == Reason.TIMEOUT) {
        outcome = new Outcome.Failed(Reason.DEADLINE, failed.message());
      }
      return outcome;
    } finally {
      bulkhead.onComplete();
      record(outcome, Duration.between(begun, clock.instant()));
    }
  }

  /** What says nothing about the provider's health gives the permission back uncounted. */
  private void record(@Nullable Outcome outcome, Duration took) {
    meters.timer("patrol.llm.attempts", "provider", name, "outcome", word(outcome)).record(took);
    if (outcome != null) {
      spent.add(outcome.usage());
    }
    if (outcome instanceof Outcome.Answered) {
      breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
    } else if (outcome instanceof Outcome.Failed failed && failed.reason().blamesProvider()) {
      breaker.onError(
          took.toNanos(), TimeUnit.NANOSECONDS, new IllegalStateException(failed.reason().word()));
    } else {
      breaker.releasePermission();
    }
  }

  private static String word(@Nullable Outcome outcome) {
    if (outcome == null) {
      return "interrupted";
    }
    return outcome instanceof Outcome.Failed failed ? failed.reason().word() : "answered";
  }

  private ProviderFailedException failed(Outcome.Failed last, int made, ModelUsage spent) {
    return new ProviderFailedException(
        new ProviderFailure(
            name, model, last.reason().word(), FailureMessage.of(last), made, clock.instant()),
        spent);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
