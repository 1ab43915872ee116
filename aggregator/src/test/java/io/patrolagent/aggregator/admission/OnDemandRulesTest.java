package io.patrolagent.aggregator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.aggregator.admission.Admission.Admitted;
import io.patrolagent.aggregator.admission.Admission.Rejected;
import io.patrolagent.aggregator.admission.Admission.Shared;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnDemandRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final AdmissionSettings SETTINGS =
      new AdmissionSettings(Duration.ofMinutes(10), 60, 100, null, ZoneOffset.UTC);

  private final TriggerLog log = new TriggerLog();
  private final Set<PatrolId> cancelled = new HashSet<>();
  private long offset;

  @Test
  void theSameRequestWithinTenMinutesSharesAndALaterOneDoesNot() {
    Trigger first = trigger(0);
    Trigger second = trigger(Duration.ofMinutes(10).toSeconds());
    Trigger third = trigger(Duration.ofMinutes(10).toSeconds() + 1);

    assertThat(decide(first)).isEqualTo(new Admitted(null));
    assertThat(decide(second)).isEqualTo(new Shared(first.patrol()));
    assertThat(decide(third)).as("the second leads nobody").isEqualTo(new Admitted(null));
  }

  @Test
  void anotherScopeOrFocusIsAnotherRequest() {
    trigger(0, scope("eu"), "disks");

    assertThat(decide(trigger(1, scope("us"), "disks"))).isInstanceOf(Admitted.class);
    assertThat(decide(trigger(2, scope("eu"), "backups"))).isInstanceOf(Admitted.class);
    assertThat(decide(trigger(3, Scope.FLEET, "disks"))).isInstanceOf(Admitted.class);
    assertThat(decide(trigger(4, scope("eu"), null))).isInstanceOf(Admitted.class);
  }

  @Test
  void orderOfValuesAndBlanksMakeNoOtherRequest() {
    Trigger first = trigger(0, scope("eu", "us"), "the  disks");

    assertThat(decide(trigger(1, scope("us", "eu", "us"), " the disks\n")))
        .isEqualTo(new Shared(first.patrol()));
    assertThat(decide(trigger(2, scope("eu\", \"us"), "the disks"))).isInstanceOf(Admitted.class);
  }

  @Test
  void twoAtTheSameMomentOnTwoPartitionsShareWhoeverDecides() {
    Position left = new Position(NOW, 1, 7);
    Position right = new Position(NOW, 0, 9);
    Trigger one = add(left, request(null, Scope.FLEET, null));
    Trigger other = add(right, request(null, Scope.FLEET, null));

    assertThat(decide(other)).isEqualTo(new Admitted(null));
    assertThat(decide(one)).isEqualTo(new Shared(other.patrol()));
  }

  @Test
  void theSamePatrolTwiceNeverSharesWithItself() {
    PatrolRequest request = request(null, Scope.FLEET, null);
    add(new Position(NOW, 0, 0), request);

    assertThat(decide(add(new Position(NOW.plusSeconds(5), 1, 0), request)))
        .isEqualTo(new Admitted(null));
  }

  @Test
  void aRetrySharesWithNobodyAndOthersShareWithIt() {
    Trigger first = trigger(0);
    Trigger retry =
        add(new Position(NOW.plusSeconds(1), 0, 100), request(first.patrol(), Scope.FLEET, null));
    Trigger third = trigger(2);

    assertThat(decide(retry)).isEqualTo(new Admitted(null));
    assertThat(decide(third)).isEqualTo(new Shared(retry.patrol()));
  }

  @ParameterizedTest
  @EnumSource(ReportStatus.class)
  void onlyAPatrolThatLeftAReportIsSharedOnceItHasEnded(ReportStatus end) {
    Trigger first = trigger(0);
    first.ended(end);

    assertThat(decide(trigger(60)))
        .isEqualTo(end.isReport() ? new Shared(first.patrol()) : new Admitted(null));
  }

  @Test
  void aPatrolThatIsBeingCancelledIsNotShared() {
    Trigger first = trigger(0);
    cancelled.add(first.patrol());

    assertThat(decide(trigger(1))).isEqualTo(new Admitted(null));
  }

  @Test
  void aPatrolThatHasExpiredIsNotShared() {
    add(
        new Position(NOW.minusSeconds(30), 0, 0),
        new PatrolRequest(
            PatrolId.random(),
            ReportType.ON_DEMAND,
            "alice",
            Scope.FLEET,
            null,
            NOW,
            null,
            NOW.minusSeconds(1),
            null));

    assertThat(decide(trigger(0))).isEqualTo(new Admitted(null));
  }

  @Test
  void aWindowOfZeroSharesNothing() {
    AdmissionSettings off = new AdmissionSettings(Duration.ZERO, 60, 100, null, ZoneOffset.UTC);
    trigger(0);

    assertThat(decide(trigger(0), off)).isEqualTo(new Admitted(null));
  }

  @Test
  void moreThanTheHourAllowsAreRejectedUntilItHasPassed() {
    AdmissionSettings three =
        new AdmissionSettings(Duration.ofMinutes(10), 3, 100, null, ZoneOffset.UTC);
    for (int i = 0; i < 3; i++) {
      trigger(i, scope("r" + i), null);
    }
    Trigger shared = trigger(5, scope("r1"), null);
    Trigger fourth = trigger(6, scope("r6"), null);
    Trigger nextHour = trigger(3600, scope("r7"), null);
    Trigger another = trigger(3600, scope("r8"), null);

    assertThat(decide(shared, three)).isInstanceOf(Shared.class);
    assertThat(decide(fourth, three))
        .isEqualTo(
            new Rejected(
                "3 on-demand patrols were let in within the last hour, and no more are"
                    + " (PATROL_ON_DEMAND_PER_HOUR); try again after 2026-11-25T11:00:00Z"));
    assertThat(decide(nextHour, three)).isInstanceOf(Admitted.class);
    assertThat(decide(another, three)).as("two of the hour are left").isInstanceOf(Rejected.class);
  }

  @Test
  void moreThanMayWaitAreRejectedUntilSomeHaveEnded() {
    AdmissionSettings two =
        new AdmissionSettings(Duration.ofMinutes(10), 60, 2, null, ZoneOffset.UTC);
    Trigger first = trigger(0, scope("a"), null);
    trigger(1, scope("b"), null);
    Trigger third = trigger(2, scope("c"), null);

    assertThat(decide(third, two))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("PATROL_ON_DEMAND_QUEUE"));
    first.ended(ReportStatus.COMPLETED);
    assertThat(decide(third, two)).isInstanceOf(Admitted.class);
  }

  @Test
  void whatWasRejectedOrSharedCountsForNoCap() {
    AdmissionSettings one =
        new AdmissionSettings(Duration.ofMinutes(10), 1, 1, null, ZoneOffset.UTC);
    trigger(0, scope("a"), null).ended(ReportStatus.REJECTED);
    trigger(1, scope("b"), null).ended(ReportStatus.SHARED);

    assertThat(decide(trigger(2, scope("c"), null), one)).isInstanceOf(Admitted.class);
  }

  /**
   * Many at once, in whatever order an instance reads them: all decide alike, and nobody chains.
   */
  @Test
  void whateverTheOrderOfReadingEveryInstanceDecidesAlike() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      List<Runnable> arrivals = new ArrayList<>();
      TriggerLog left = new TriggerLog();
      TriggerLog right = new TriggerLog();
      List<Position> positions = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Position position = new Position(NOW.plusSeconds(random.nextInt(900)), i % 3, i);
        PatrolRequest request = request(null, scope("r" + random.nextInt(4)), null);
        positions.add(position);
        left.add(position, request);
        arrivals.add(() -> right.add(position, request));
      }
      Collections.shuffle(arrivals, random);
      arrivals.forEach(Runnable::run);
      Set<PatrolId> admitted = new HashSet<>();
      positions.sort(null);
      for (Position position : positions) {
        List<Trigger> triggers = left.upTo(position);
        Admission admission = OnDemandRules.decide(triggers, SETTINGS, p -> false, NOW);
        assertThat(OnDemandRules.decide(right.upTo(position), SETTINGS, p -> false, NOW))
            .isEqualTo(admission);
        if (admission instanceof Shared shared) {
          assertThat(admitted).as("whoever is shared makes a report").contains(shared.with());
        } else {
          admitted.add(triggers.get(triggers.size() - 1).patrol());
        }
      }
    }
  }

  @Test
  void theLogForgetsWhatIsOlderThanADay() {
    Trigger old = trigger(0);
    Trigger young = trigger(TriggerLog.KEPT.toSeconds() + 1);

    assertThat(log.upTo(young.position())).containsExactly(young).doesNotContain(old);
  }

  private Admission decide(Trigger trigger) {
    return decide(trigger, SETTINGS);
  }

  private Admission decide(Trigger trigger, AdmissionSettings settings) {
    return OnDemandRules.decide(log.upTo(trigger.position()), settings, cancelled::contains, NOW);
  }

  private Trigger trigger(long seconds) {
    return trigger(seconds, Scope.FLEET, null);
  }

  private Trigger trigger(long seconds, Scope scope, @Nullable String focus) {
    return add(new Position(NOW.plusSeconds(seconds), 0, offset++), request(null, scope, focus));
  }

  private Trigger add(Position position, PatrolRequest request) {
    log.add(position, request);
    List<Trigger> all = log.upTo(position);
    return all.get(all.size() - 1);
  }

  private static Scope scope(String... regions) {
    return new Scope(List.of(), List.of(), List.of(), List.of(regions), List.of());
  }

  private static PatrolRequest request(
      @Nullable PatrolId retryOf, Scope scope, @Nullable String focus) {
    return new PatrolRequest(
        PatrolId.random(),
        ReportType.ON_DEMAND,
        "alice",
        scope,
        focus,
        NOW,
        null,
        NOW.plus(Duration.ofHours(48)),
        retryOf);
  }
}
