package io.patrolagent.agentrunner.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.embedded.fleet.FleetProfile;
import io.patrolagent.embedded.fleet.IncidentKind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * How many planted incidents the analyst finds over many fleets, printed on the standard output.
 * Not part of the build; CONTRIBUTING says how to run it. Seeds are {@code from-to}.
 */
class OfflineAnalystEvaluation {

  private static final int CLUSTERS = Integer.getInteger("patrol.evaluation.clusters", 300);
  private static final boolean PRINT = Boolean.getBoolean("patrol.evaluation.print");

  private final PrintStream out = System.out;

  /** What became of one kind of incident over all seeds. */
  private record Tally(int planted, int flagged, int named) {
    Tally plus(Grade.Verdict verdict) {
      return new Tally(
          planted + 1, flagged + (verdict.flagged() ? 1 : 0), named + (verdict.isFound() ? 1 : 0));
    }
  }

  @Test
  void printsWhatIsFoundMissedAndFlaggedForNothing() throws Exception {
    evaluate(FleetProfile.INCIDENTS, seeds("patrol.evaluation.seeds", "1-5"));
    int falseFlags = evaluate(FleetProfile.HEALTHY, seeds("patrol.evaluation.healthy", "11-13"));
    assertThat(falseFlags).as("flags on healthy fleets").isZero();
  }

  private int evaluate(FleetProfile profile, List<Long> seeds) throws Exception {
    Map<IncidentKind, Tally> tallies = new EnumMap<>(IncidentKind.class);
    int falseFlags = 0;
    for (long seed : seeds) {
      DemoPatrol patrol = DemoPatrol.run(profile, seed, CLUSTERS);
      Grade grade = patrol.grade();
      grade
          .verdicts()
          .forEach(
              verdict ->
                  tallies.merge(
                      verdict.kind(),
                      new Tally(0, 0, 0).plus(verdict),
                      (before, one) -> before.plus(verdict)));
      falseFlags += grade.falseFlags().size();
      print(profile, seed, patrol);
    }
    tallies.forEach(
        (kind, tally) ->
            out.printf(
                "%s, %s: %d planted, %d flagged, %d named as well%n",
                profile.label(), kind.label(), tally.planted(), tally.flagged(), tally.named()));
    out.printf(
        "%s: %d fleets of %d clusters, %d false flags%n",
        profile.label(), seeds.size(), CLUSTERS, falseFlags);
    return falseFlags;
  }

  private void print(FleetProfile profile, long seed, DemoPatrol patrol) {
    Grade grade = patrol.grade();
    List<String> missed = new ArrayList<>();
    grade.verdicts().stream()
        .filter(verdict -> !verdict.isFound())
        .forEach(
            verdict ->
                missed.add(
                    verdict.kind().label()
                        + (verdict.flagged() ? " not named " : " not flagged ")
                        + verdict.clusterIds()));
    out.printf(
        "%s, seed %d: %d rounds, %d tool calls, false flags %s, missed %s, warnings %s%n",
        profile.label(),
        seed,
        patrol.result().usage().rounds(),
        patrol.result().usage().toolCalls(),
        grade.falseFlags(),
        missed,
        grade.warnings());
    if (PRINT) {
      out.println(patrol.result().report());
    }
  }

  private static List<Long> seeds(String property, String standard) {
    String[] ends = System.getProperty(property, standard).split("-", 2);
    return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
        .boxed()
        .toList();
  }
}
