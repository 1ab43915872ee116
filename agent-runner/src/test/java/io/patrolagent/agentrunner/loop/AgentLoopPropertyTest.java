package io.patrolagent.agentrunner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.agentrunner.journal.Journal;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.MemoryJournal;
import io.patrolagent.agentrunner.loop.Script.Turn;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever models do, and wherever runners die. */
class AgentLoopPropertyTest {

  @Property(tries = 400)
  void everyRunEndsWithinItsLimits(
      @ForAll("turns") @Size(min = 1, max = 8) List<Turn> turns,
      @ForAll @IntRange(min = 1, max = 6) int rounds,
      @ForAll("limits") Limits limits,
      @ForAll boolean offlineThere)
      throws Exception {
    MemoryJournal journal = new MemoryJournal();
    Script script = new Script(journal, offlineThere, turns);
    Limits bounded =
        new Limits(rounds, limits.maxTokens(), limits.maxDuration(), limits.maxCostUsd());

    AgentResult result = run(script, journal, bounded);

    // one each to go on with a cut report, after withdrawn tools, to repair, and offline
    assertThat(script.requests.size()).isLessThanOrEqualTo(rounds + 4);
    for (int i = 0; i < script.requests.size(); i++) {
      if (i + 1 >= rounds) {
        assertThat(Script.offersTools(script.requests.get(i)))
            .as("tools offered in round %d of %d", i + 1, rounds)
            .isFalse();
      }
    }
    if (result == null) {
      assertThat(offlineThere)
          .as("a patrol failed although the offline analyst is there")
          .isFalse();
    } else {
      assertThat(result.usage().rounds()).isEqualTo(script.requests.size());
    }
  }

  @Property(tries = 400)
  void aRunThatDiesAnywhereEndsAsItWouldHaveAndRepeatsOnlyTheCallUnderWay(
      @ForAll("turns") @Size(min = 1, max = 8) List<Turn> turns,
      @ForAll @IntRange(min = 1, max = 6) int rounds,
      @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 12) Integer> deaths,
      @ForAll boolean beforeWriting)
      throws Exception {
    MemoryJournal undisturbed = new MemoryJournal();
    Script reference = new Script(undisturbed, true, turns);
    AgentResult expected = run(reference, undisturbed, TestTools.limits(rounds));

    MemoryJournal journal = new MemoryJournal();
    Script script = new Script(journal, true, turns);
    int interruptions = 0;
    for (int death : deaths) {
      try {
        run(script, new Dying(journal, death, beforeWriting), TestTools.limits(rounds));
      } catch (Death e) {
        interruptions++;
      }
    }
    AgentResult result = run(script, journal, TestTools.limits(rounds));

    assertThat(result).isNotNull();
    assertThat(result.report()).isEqualTo(expected.report());
    assertThat(result.status()).isEqualTo(expected.status());
    assertThat(result.usage().rounds()).isEqualTo(expected.usage().rounds());
    assertThat(script.requests.size())
        .isLessThanOrEqualTo(reference.requests.size() + interruptions);
    if (!beforeWriting) {
      assertThat(script.requests).as("nothing was under way").hasSameSizeAs(reference.requests);
    }
  }

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<String> tools =
        Arbitraries.of("look", "refuse", "fail", "no_such_tool", "DROP TABLE", "");
    Arbitrary<String> arguments =
        Arbitraries.of("{\"n\":1}", "{\"n\":2}", "{\"n\":", "[]", "", "null", "{\"n\":\"x\"}");
    Arbitrary<Turn> calls =
        Combinators.combine(tools, arguments)
            .as((tool, text) -> Script.call("id", tool, text))
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(Turn.Calls::new);
    return Arbitraries.oneOf(
            calls,
            calls,
            Arbitraries.of(
                new Turn.Text("Ein Bericht ohne Abschnitte."),
                new Turn.Cut("## FLEET_NARR"),
                new Turn.Cut(""),
                new Turn.Nothing(),
                new Turn.Down()))
        .list();
  }

  @Provide
  Arbitrary<Limits> limits() {
    return Arbitraries.of(
        TestTools.limits(1),
        new Limits(1, 1, Duration.ofMillis(1), BigDecimal.ZERO),
        new Limits(1, 400, Duration.ofHours(1), null));
  }

  private static AgentResult run(Script script, Journal journal, Limits limits) throws Exception {
    try {
      return TestTools.loop(script, TestTools.toolbox(new AtomicInteger()), limits)
          .run(TestTools.PATROL, journal, () -> {});
    } catch (NoReportException e) {
      return null;
    }
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Ends the run at one of its writes, before it or after it. */
  private static final class Dying implements Journal {
    private final MemoryJournal journal;
    private final boolean beforeWriting;
    private int left;

    Dying(MemoryJournal journal, int writes, boolean beforeWriting) {
      this.journal = journal;
      this.left = writes;
      this.beforeWriting = beforeWriting;
    }

    @Override
    public List<JournalEntry> entries() {
      return journal.entries();
    }

    @Override
    public void append(List<JournalEntry> entries) {
      if (left == 0 && beforeWriting) {
        throw new Death();
      }
      journal.append(entries);
      if (left-- == 0) {
        throw new Death();
      }
    }
  }
}
