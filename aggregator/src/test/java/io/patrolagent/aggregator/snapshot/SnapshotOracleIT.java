package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.aggregator.TestFleet.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.aggregator.TestFleet.Cluster;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On random fleets the files give what a plain walk over all rows gives. */
class SnapshotOracleIT {

  private static final List<String> ACCOUNTS = List.of("acct-1", "acct-2", "acct-3");
  private static final List<String> CUSTOMERS = List.of("Acme", "Globex", "Initech");
  private static final List<String> TIERS = List.of("S", "A", "B", "C");
  private static final List<String> REGIONS = List.of("eu-west-1", "us-east-1", "ap-south-1");
  private static final List<String> STATUSES =
      List.of("active", "active", "active", "active", "suspended", "terminated");
  private static final List<String> LEVELS = List.of("Critical", "Warning", "Healthy");
  private static final List<String> SCORES =
      List.of("0", "33.33", "59.99", "60", "60.01", "79.99", "80", "95.5", "100");
  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
  private static final List<String> REASONS =
      List.of("[]", "[{\"code\": \"DISK_FILLING\", \"detail\": \"91 %\"}]", "[\"CRASH_LOOP\"]");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithAPlainWalkOverAllRows(long seed) throws Exception {
    TestFleet fleet = randomFleet(new Random(seed));
    SnapshotTaker taker =
        new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry());
    PlainWalk walk = PlainWalk.read(fleet.jdbi());

    for (Scope scope : scopes()) {
      FleetSnapshot snapshot = taker.take(scope, NOW);

      assertThat(snapshot)
          .as("seed %d, %s", seed, scope.describe())
          .usingRecursiveComparison()
          .ignoringFields("warnings")
          .isEqualTo(walk.snapshot(scope, NOW));
    }
  }

  private static List<Scope> scopes() {
    List<String> all = List.of();
    return List.of(
        Scope.FLEET,
        new Scope(List.of("acct-1", "acct-3"), all, all, all, all),
        new Scope(all, List.of("Globex"), all, all, all),
        new Scope(all, all, List.of("S", "A"), all, all),
        new Scope(all, all, all, List.of("eu-west-1"), all),
        new Scope(all, all, all, all, List.of("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7")),
        new Scope(ACCOUNTS, List.of("Acme", "Initech"), List.of("S", "B", "C"), REGIONS, all));
  }

  /** Few distinct times and scores, so that ties and boundaries are everywhere. */
  private static TestFleet randomFleet(Random random) {
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < 60; i++) {
      String id = "c" + i;
      fleet.cluster(
          new Cluster(
              id,
              pick(random, ACCOUNTS),
              pick(random, CUSTOMERS),
              pick(random, TIERS),
              pick(random, REGIONS),
              // the first stay in service, so that no scope above is empty
              i < 8 ? "active" : pick(random, STATUSES)));
      for (int row = random.nextInt(4); row > 0; row--) {
        fleet.score(id, pick(random, SCORES), age(random));
      }
      for (int row = random.nextInt(4); row > 0; row--) {
        fleet.risk(id, pick(random, LEVELS), age(random), pick(random, REASONS));
      }
      for (int row = random.nextInt(3); row > 0; row--) {
        fleet.firing(id, age(random));
      }
      for (int row = random.nextInt(3); row > 0; row--) {
        Duration resolved = age(random);
        fleet.resolved(id, resolved.plusHours(random.nextInt(30)), resolved);
      }
      for (int row = random.nextInt(3); row > 0; row--) {
        fleet.issue(id, pick(random, SEVERITIES), random.nextBoolean() ? "ongoing" : "resolved");
      }
    }
    return fleet;
  }

  /** 0, 6, … 48 hours: often exactly a day. */
  private static Duration age(Random random) {
    return Duration.ofHours(6L * random.nextInt(9));
  }

  private static String pick(Random random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
