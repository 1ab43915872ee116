package io.patrolagent.reportsink.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** However the records of one patrol come, in whatever order and however often. */
class PatrolFactsPropertyTest {

  private static final PatrolId PATROL = PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  private static final Instant START = Instant.parse("2026-11-25T07:00:00Z");

  @Property(tries = 1_000)
  void anyInterleavingAndAnyRepetitionGivesTheSameStatus(
      @ForAll @Size(min = 1, max = 12) List<@From("facts") PatrolFacts> facts,
      @ForAll Random random) {
    PatrolStatus expected = StatusRecords.of(fold(facts));

    List<PatrolFacts> again = new ArrayList<>(facts);
    for (int i = random.nextInt(6); i > 0; i--) {
      again.add(facts.get(random.nextInt(facts.size())));
    }
    Collections.shuffle(again, random);

    assertThat(StatusRecords.of(fold(again))).isEqualTo(expected);
  }

  @Property(tries = 1_000)
  void noRecordTakesAPatrolBack(
      @ForAll @Size(min = 2, max = 12) List<@From("facts") PatrolFacts> facts) {
    PatrolFacts known = facts.get(0);
    for (PatrolFacts next : facts) {
      PatrolStatus before = StatusRecords.of(known);
      known = known.and(next);
      PatrolStatus after = StatusRecords.of(known);

      assertThat(after.state()).isGreaterThanOrEqualTo(before.state());
      assertThat(after.round()).isGreaterThanOrEqualTo(before.round());
      assertThat(after.updatedAt()).isAfterOrEqualTo(before.updatedAt());
      assertThat(known.and(next)).isEqualTo(known);
    }
  }

  @Property(tries = 200)
  void theChangelogGivesBackWhatWasKnown(
      @ForAll @Size(min = 1, max = 12) List<@From("facts") PatrolFacts> facts) {
    FactsSerde serde = new FactsSerde();
    PatrolFacts known = fold(facts);

    byte[] bytes = serde.serializer().serialize("t", known);

    assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(known);
  }

  private static PatrolFacts fold(List<PatrolFacts> facts) {
    return facts.stream().reduce(PatrolFacts::and).orElseThrow();
  }

  @Provide
  Arbitrary<PatrolFacts> facts() {
    return Arbitraries.oneOf(
        requests().map(request -> PatrolFacts.requested(PATROL, request)),
        times().map(at -> PatrolFacts.snapshotTaken(PATROL, at)),
        times().map(at -> PatrolFacts.started(PATROL, at)),
        rounds().map(round -> PatrolFacts.inRound(PATROL, round)),
        times().map(at -> PatrolFacts.agentFinished(PATROL, at)),
        ends().map(end -> PatrolFacts.ended(PATROL, end)),
        times().map(at -> PatrolFacts.overdue(PATROL, at)),
        Arbitraries.of(1L, 2L)
            .map(n -> PatrolFacts.shared(PATROL, PatrolId.ofRecord("topic", 0, n))));
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.integers().between(0, 20).map(START::plusSeconds);
  }

  private static Arbitrary<RequestFacts> requests() {
    return Combinators.combine(
            Arbitraries.of(ReportType.values()).injectNull(0.2),
            Arbitraries.of("alice", "bob"),
            times().injectNull(0.2),
            times().injectNull(0.5),
            times().injectNull(0.3))
        .as((type, by, at, due, expires) -> new RequestFacts(type, by, at, due, expires, null));
  }

  private static Arbitrary<RoundFacts> rounds() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(0, 10),
            Arbitraries.of("query_sql", "search_logs").list().ofMaxSize(2),
            Arbitraries.of("host-1", "host-2").injectNull(0.2),
            times())
        .as(RoundFacts::new);
  }

  private static Arbitrary<EndFacts> ends() {
    return Combinators.combine(
            Arbitraries.of(ReportStatus.values()),
            Arbitraries.of("why", "why not").injectNull(0.3),
            times(),
            Arbitraries.of(true, false))
        .as(EndFacts::new);
  }
}
