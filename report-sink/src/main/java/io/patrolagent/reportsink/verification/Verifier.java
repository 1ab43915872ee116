package io.patrolagent.reportsink.verification;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.verification.ClaimList.Place;
import io.patrolagent.reportsink.verification.ProseClaims.Text;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks every claim of a report that data can speak to: clusters, customers, tiers, severities and
 * figures. Entries that code added are no claims. It does no I/O, gives the same for the same
 * arguments, takes about linear time and throws on no text, however hostile.
 */
public final class Verifier {

  private final FactIndex index;
  private final ClaimList claims;
  private final ClusterClaims clusters;
  private final ProseClaims prose;

  private Verifier(FactIndex index, FleetView fleet) {
    this.index = index;
    this.claims = new ClaimList(index);
    this.clusters = new ClusterClaims(index, claims, fleet.isAvailable());
    this.prose = new ProseClaims(index, claims, clusters);
  }

  /**
   * The claims of a report that was written at that time, from this snapshot and these answers.
   * Where the fleet could not be read, what is not in the others is unsupported, not contradicted.
   */
  public static Grounding verify(
      ParsedReport report,
      FleetSnapshot snapshot,
      List<Evidence> evidence,
      FleetView fleet,
      Instant writtenAt) {
    FactIndex index = SourceReader.read(snapshot, evidence, fleet, writtenAt);
    DerivedFacts.of(report, evidence.size(), index);
    Verifier verifier = new Verifier(index, fleet);
    verifier.narrative(report);
    verifier.flagged(report.flaggedClusters());
    verifier.predictions(report.predictions());
    verifier.summaries(report.customerSummaries());
    verifier.actions(report.recommendedActions());
    return verifier.claims.grounding();
  }

  private void narrative(ParsedReport report) {
    String narrative = report.fleetNarrative();
    if (narrative != null) {
      prose.check(Text.of(new Place(ReportSection.FLEET_NARRATIVE, null, null), narrative));
    }
  }

  private void flagged(List<FlaggedCluster> flagged) {
    SeverityClaims severities = new SeverityClaims(index, claims);
    KeyMetricClaims metrics = new KeyMetricClaims(index, claims);
    for (int entry = 0; entry < flagged.size(); entry++) {
      FlaggedCluster cluster = flagged.get(entry);
      if (cluster.addedFrom() != null) {
        continue;
      }
      String known = index.clusterOf(cluster.clusterId());
      String id = known == null ? cluster.clusterId() : known;
      Place place = new Place(ReportSection.FLAGGED_CLUSTERS, entry, id);
      clusters.check(place, cluster.clusterId());
      if (cluster.severity() != null) {
        severities.check(place, cluster.severity());
      }
      metrics.check(place, cluster.keyMetrics());
      if (cluster.reason() != null) {
        prose.check(Text.of(place, cluster.reason()));
      }
    }
  }

  private void predictions(List<Prediction> predictions) {
    for (int entry = 0; entry < predictions.size(); entry++) {
      Prediction prediction = predictions.get(entry);
      Place place = new Place(ReportSection.PREDICTIONS, entry, prediction.clusterId());
      List<String> future =
          Stream.of(prediction.threshold(), prediction.window()).filter(Objects::nonNull).toList();
      String about = prediction.clusterId();
      prose.check(
          new Text(place, prediction.text(), about == null ? Set.of() : Set.of(about), future));
    }
  }

  private void summaries(List<CustomerSummary> summaries) {
    SummaryClaims check = new SummaryClaims(index, claims, prose);
    for (int entry = 0; entry < summaries.size(); entry++) {
      if (summaries.get(entry).addedFrom() == null) {
        Place place = new Place(ReportSection.CUSTOMER_SUMMARIES, entry, null);
        check.check(place, summaries.get(entry));
      }
    }
  }

  private void actions(List<RecommendedAction> actions) {
    for (int entry = 0; entry < actions.size(); entry++) {
      if (actions.get(entry).addedFrom() == null) {
        Place place = new Place(ReportSection.RECOMMENDED_ACTIONS, entry, null);
        prose.check(Text.of(place, actions.get(entry).text()));
      }
    }
  }
}
