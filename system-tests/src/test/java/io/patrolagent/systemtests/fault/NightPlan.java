package io.patrolagent.systemtests.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Faults at random times, the same for the same seed and length.
 *
 * @param faults in the order in which they begin
 */
record NightPlan(long seed, Duration length, List<Planned> faults) {

  private static final int SHORTEST_PAUSE_MS = 1_000;
  private static final int LONGEST_PAUSE_MS = 6_000;
  private static final int SHORTEST_FAULT_MS = 200;
  private static final int LONGEST_FAULT_MS = 9_000;

  enum Fault {
    KILL_SERVICE,
    FREEZE_SERVICE,
    RESTART_SERVICE,
    KILL_BROKER,
    FREEZE_BROKER,
    KILL_DATABASE,
    FREEZE_DATABASE,
    CUT_CONNECTIONS,
    LOSE_A_COMMIT,
    LOSE_A_COMMITS_ANSWER,
    SLOW_NETWORK,
    MODEL_ERRORS,
    MODEL_BREAKS_OFF,
    SAME_TRIGGER_AGAIN,
    POISON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A fault to come.
   *
   * @param at after the night's beginning
   * @param lasts until what was taken away comes back, where something is
   * @param choice which service it meets, a number to be taken modulo theirs
   */
  record Planned(Duration at, Fault fault, Duration lasts, int choice) {}

  static NightPlan of(long seed, Duration length) {
    Random random = new Random(seed);
    List<Planned> faults = new ArrayList<>();
    Fault[] kinds = Fault.values();
    Duration at = Duration.ZERO;
    // each once and in any order first, so that a short night has them all
    List<Fault> first = new ArrayList<>(List.of(kinds));
    Collections.shuffle(first, random);
    while (true) {
      at = at.plusMillis(random.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
      if (at.compareTo(length) >= 0) {
        return new NightPlan(seed, length, List.copyOf(faults));
      }
      Fault fault =
          first.isEmpty() ? kinds[random.nextInt(kinds.length)] : first.remove(first.size() - 1);
      Duration lasts = Duration.ofMillis(random.nextInt(SHORTEST_FAULT_MS, LONGEST_FAULT_MS));
      faults.add(new Planned(at, fault, lasts, random.nextInt(1_000)));
    }
  }
}
