package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.ops.Telemetry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteProviderTest {

  private static final ChatRequest REQUEST =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();
  private static final ModelUsage USAGE = new ModelUsage(10, 0, 0, 5, BigDecimal.ONE);
  private static final Outcome ANSWER =
      new Outcome.Answered(AiMessage.from("hi"), FinishReason.STOP, "m-1", USAGE);

  private final SteppedClock clock = new SteppedClock();
  private final Deque<Outcome> outcomes = new ArrayDeque<>();
  private final List<Duration> timeouts = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RemoteProvider provider = provider(this::next, 3, 2);

  @Test
  void whatFailsForAWhileIsRepeatedWithDoublingWaits() throws Exception {
    // Given
    outcomes.add(failed(Reason.SERVER_ERROR));
    outcomes.add(failed(Reason.CONNECTION));
    outcomes.add(ANSWER);
    // When
    Outcome.Answered answer = ask();
    // Then: half of each step is chance, and here chance gives all of it
    assertThat(answer.message().text()).isEqualTo("hi");
    assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void eachAttemptIsMeasuredByItsOutcome() throws Exception {
    outcomes.add(failed(Reason.TIMEOUT));
    outcomes.add(ANSWER);
    ask();
    assertThat(meters.get("patrol.llm.attempts").tag("outcome", "timeout").timer().count()).isOne();
    assertThat(meters.get("patrol.llm.attempts").tag("outcome", "answered").timer().count())
        .isOne();
  }

  @Test
  void whatFailedAttemptsWereBilledIsPartOfTheAnswersUsage() throws Exception {
    outcomes.add(new Outcome.Failed(Reason.EMPTY_ANSWER, "nothing").costing(USAGE));
    outcomes.add(ANSWER);
    assertThat(ask().usage()).isEqualTo(USAGE.plus(USAGE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {
        "AUTHENTICATION",
        "QUOTA",
        "UNKNOWN_MODEL",
        "REFUSED",
        "TOO_LARGE",
        "INVALID_REQUEST"
      })
  void whatNoRepetitionHelpsIsNotRepeated(Reason reason) {
    outcomes.add(failed(reason));
    ProviderFailure failure = failure();
    assertThat(failure.reason()).isEqualTo(reason.word());
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure.at()).isEqualTo(clock.instant());
  }

  @Test
  void attemptsAreBoundedAndTheLastOneNamesTheReason() {
    outcomes.add(failed(Reason.SERVER_ERROR));
    outcomes.add(failed(Reason.TIMEOUT));
    outcomes.add(failed(Reason.CONNECTION));
    ProviderFailure failure = failure();
    assertThat(failure.reason()).isEqualTo("connection");
    assertThat(failure.attempts()).isEqualTo(3);
  }

  @Test
  void anEmptyAnswerIsRepeatedOnceHoweverManyAttemptsThereAre() {
    outcomes.add(failed(Reason.EMPTY_ANSWER));
    outcomes.add(failed(Reason.EMPTY_ANSWER));
    assertThat(failure().attempts()).isEqualTo(2);
  }

  @Test
  void theWaitAskedForIsAFloor() throws Exception {
    outcomes.add(rateLimited(Duration.ofSeconds(20)));
    outcomes.add(ANSWER);
    ask();
    assertThat(waits).containsExactly(Duration.ofMillis(20_500));
  }

  @Test
  void aWaitAskedForBeyondTheCapIsNotWaited() {
    outcomes.add(rateLimited(Duration.ofSeconds(31)));
    assertThat(failure().message()).isEqualTo("said so (asks to wait 31 s)");
    assertThat(waits).isEmpty();
  }

  @Test
  void aWaitThatEndsAfterTheDeadlineIsNotWaited() {
    outcomes.add(rateLimited(Duration.ofSeconds(20)));
    assertThatThrownBy(() -> provider.ask(REQUEST, clock.instant().plusSeconds(20)))
        .isInstanceOf(ProviderFailedException.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void anAttemptEndsWithTheDeadlineAndIsNotBlamedOnTheProvider() {
    outcomes.add(failed(Reason.TIMEOUT));
    ProviderFailure failure =
        catchThrowableOfType(
                ProviderFailedException.class,
                () -> provider.ask(REQUEST, clock.instant().plusSeconds(5)))
            .failure();
    assertThat(timeouts).containsExactly(Duration.ofSeconds(5));
    assertThat(failure.reason()).isEqualTo("deadline");
  }

  @Test
  void afterTheDeadlineNobodyIsAsked() {
    assertThatThrownBy(() -> provider.ask(REQUEST, clock.instant()))
        .hasMessageContaining("(deadline)");
    assertThat(timeouts).isEmpty();
  }

  @Test
  void aProviderThatKeepsFailingIsLeftAloneAndTriedWithOneCallLater() throws Exception {
    // Given
    for (int i = 0; i < 6; i++) {
      outcomes.add(failed(Reason.SERVER_ERROR));
    }
    failure();
    failure();
    timeouts.clear();
    // When
    ProviderFailure open = failure();
    // Then
    assertThat(open.reason()).isEqualTo("breaker_open");
    assertThat(open.attempts()).isZero();
    assertThat(timeouts).isEmpty();
    assertThat(meters.get("patrol.llm.breaker.open").tag("provider", "openai").gauge().value())
        .isOne();
    // When
    clock.advance(Duration.ofSeconds(31));
    outcomes.add(ANSWER);
    // Then
    assertThat(ask().message().text()).isEqualTo("hi");
  }

  @Test
  void whatSpeaksAgainstTheRequestAloneDoesNotOpenTheBreaker() throws Exception {
    for (int i = 0; i < 20; i++) {
      outcomes.add(failed(i % 2 == 0 ? Reason.TOO_LARGE : Reason.REFUSED));
      failure();
    }
    outcomes.add(ANSWER);
    assertThat(ask().message().text()).isEqualTo("hi");
  }

  @Test
  void noMoreCallsThanAllowedAreUnderWay() throws Exception {
    // Given
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RemoteProvider narrow =
        provider(
            (request, timeout) -> {
              inside.countDown();
              release.await();
              return ANSWER;
            },
            1,
            1);
    Thread first = started(() -> narrow.ask(REQUEST, later()), new AtomicReference<>());
    inside.await();
    // When
    AtomicReference<Throwable> second = new AtomicReference<>();
    Thread waiting = started(() -> narrow.ask(REQUEST, later()), second);
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    clock.advance(Duration.ofSeconds(61));
    waiting.join();
    release.countDown();
    first.join();
    // Then
    assertThat(second.get()).hasMessageContaining("(busy)");
    assertThat(narrow.ask(REQUEST, later()).message().text()).isEqualTo("hi");
  }

  @Test
  void anInterruptEndsTheWaitForATurn() throws Exception {
    // Given
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RemoteProvider narrow =
        provider(
            (request, timeout) -> {
              inside.countDown();
              release.await();
              return ANSWER;
            },
            1,
            1);
    Thread first = started(() -> narrow.ask(REQUEST, later()), new AtomicReference<>());
    inside.await();
    AtomicReference<Throwable> second = new AtomicReference<>();
    Thread waiting = started(() -> narrow.ask(REQUEST, later()), second);
    // When
    waiting.interrupt();
    waiting.join();
    release.countDown();
    first.join();
    // Then
    assertThat(second.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void anInterruptedAttemptGivesItsPlaceBack() throws Exception {
    // Given
    RemoteProvider narrow =
        provider(
            (request, timeout) -> {
              if (outcomes.isEmpty()) {
                throw new InterruptedException();
              }
              return outcomes.remove();
            },
            1,
            1);
    // When
    assertThatThrownBy(() -> narrow.ask(REQUEST, later())).isInstanceOf(InterruptedException.class);
    outcomes.add(ANSWER);
    // Then
    assertThat(narrow.ask(REQUEST, later()).message().text()).isEqualTo("hi");
  }

  @Test
  void messagesAreOneShortLineWithoutSecrets() {
    outcomes.add(
        new Outcome.Failed(
            Reason.AUTHENTICATION, "bad key sk-ant-" + "abcdefghijklmnop\n" + "x".repeat(1000)));
    assertThat(failure().message())
        .startsWith("bad key *** x")
        .hasSize(301)
        .endsWith("…")
        .doesNotContain("\n");
  }

  // what the tests are made of

  private RemoteProvider provider(Attempt attempt, int attempts, int concurrency) {
    Backoff backoff =
        new Backoff(attempts, Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 1.0);
    return new RemoteProvider(
        "openai",
        "m",
        attempt,
        new RemoteProvider.Limits(backoff, Duration.ofSeconds(60), concurrency),
        new RemoteProvider.Surroundings(clock, waits::add, Telemetry.of(meters)));
  }

  /** A thread that does it and leaves behind what it threw. */
  private static Thread started(ThrowingCallable call, AtomicReference<Throwable> thrown) {
    Thread thread = new Thread(() -> thrown.set(catchThrowable(call)));
    thread.start();
    return thread;
  }

  private Outcome next(ChatRequest request, Duration timeout) {
    timeouts.add(timeout);
    return outcomes.remove();
  }

  private Outcome.Answered ask() throws Exception {
    return provider.ask(REQUEST, later());
  }

  private Instant later() {
    return clock.instant().plusSeconds(3600);
  }

  private ProviderFailure failure() {
    return catchThrowableOfType(ProviderFailedException.class, this::ask).failure();
  }

  private static Outcome failed(Reason reason) {
    return new Outcome.Failed(reason, "said so");
  }

  private static Outcome rateLimited(Duration floor) {
    return new Outcome.Failed(Reason.RATE_LIMITED, "said so", Optional.of(floor), ModelUsage.NONE);
  }
}
