package io.patrolagent.standalone.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.ClusterMention;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.embedded.fleet.FleetProfile;
import io.patrolagent.reportsink.fleet.FleetTables;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.verification.Grounding;
import io.patrolagent.reportsink.verification.Verifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reports that rules wrote from what tools returned, checked. Whatever is contradicted in them is a
 * fault of one of the two.
 */
class GroundedReportsIT {

  private static EmbeddedDatabase server;

  @BeforeAll
  static void startDatabase() {
    server = EmbeddedDatabase.start();
  }

  @AfterAll
  static void stopDatabase() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"INCIDENTS, 1, 300", "INCIDENTS, 2, 300", "INCIDENTS, 3, 1500", "HEALTHY, 1, 300"})
  void theOfflineAnalystClaimsNothingThatTheDataContradicts(
      FleetProfile profile, long seed, int clusters) throws Exception {
    String name = "grounded_" + profile.name().toLowerCase(Locale.ROOT) + seed;
    DatabaseSettings owner =
        new DatabaseSettings(server.createDatabase(name), server.user(), Secret.none());
    AgentFinished finished =
        DemoReport.of(owner, new FleetOptions(clusters, seed, profile, Instant.now()));
    ParsedReport report = ReportParser.parse(finished.rawReport(), finished.finishedAt());
    Grounding grounding =
        Verifier.verify(
            report,
            finished.snapshot(),
            finished.evidence(),
            fleet(owner, report),
            finished.finishedAt());

    List<Claim> claims = grounding.claims();
    print(profile + " " + seed + ", " + clusters + " clusters", claims);
    assertThat(claims).isNotEmpty();
    assertThat(claims).noneSatisfy(claim -> assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED));
    assertThat(ClaimCounts.of(claims).unsupported()).isLessThanOrEqualTo(claims.size() / 50);
  }

  private static FleetView fleet(DatabaseSettings owner, ParsedReport report) {
    try (Database database = Database.open(owner, DatabaseOptions.of("test-fleet"))) {
      Set<String> ids =
          report.flaggedClusters().stream()
              .map(FlaggedCluster::clusterId)
              .collect(Collectors.toCollection(TreeSet::new));
      ids.addAll(ClusterMention.idsIn(String.valueOf(report.fleetNarrative())));
      report.predictions().forEach(one -> ids.addAll(ClusterMention.idsIn(one.text())));
      report.customerSummaries().forEach(one -> ids.addAll(ClusterMention.idsIn(one.summary())));
      report.recommendedActions().forEach(one -> ids.addAll(ClusterMention.idsIn(one.text())));
      return new FleetTables(database.jdbi(), SqlDirectory.none()).read(Scope.FLEET, ids);
    }
  }

  private static void print(String title, List<Claim> claims) {
    System.out.println(title + ": " + ClaimCounts.of(claims));
    Arrays.stream(ReportSection.values())
        .forEach(
            section ->
                System.out.println(
                    "  "
                        + section
                        + " "
                        + ClaimCounts.of(
                            claims.stream().filter(c -> c.section() == section).toList())));
    claims.stream()
        .filter(claim -> claim.mark() != Mark.VERIFIED)
        .forEach(claim -> System.out.println("  " + claim));
  }
}
