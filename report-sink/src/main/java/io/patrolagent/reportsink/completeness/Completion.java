package io.patrolagent.reportsink.completeness;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.reportsink.fleet.FleetView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Completes a report from the snapshot and the fleet's tables. The same input gives the same. */
public final class Completion {

  private static final int NAMED = 10;

  private final ParsedReport parsed;
  private final FleetSnapshot snapshot;
  private final TroubledClusters troubled;
  private final List<String> warnings;
  private final List<ReportSection> filled = new ArrayList<>();

  private Completion(ParsedReport parsed, FleetSnapshot snapshot, FleetView fleet) {
    this.parsed = parsed;
    this.snapshot = snapshot;
    this.troubled = TroubledClusters.of(snapshot, fleet);
    this.warnings = new ArrayList<>(parsed.warnings());
    if (fleet.unavailable() != null) {
      warnings.add(fleet.unavailable());
    }
  }

  /** What a reader is to get of what was parsed. */
  public static Completed complete(
      ParsedReport parsed, FleetSnapshot snapshot, List<Evidence> evidence, FleetView fleet) {
    return new Completion(parsed, snapshot, fleet)
        .complete(new KnownClusters(snapshot, evidence, fleet));
  }

  private Completed complete(KnownClusters known) {
    List<FlaggedCluster> flagged = new ArrayList<>();
    List<FlaggedCluster> rejected = new ArrayList<>();
    for (FlaggedCluster cluster : parsed.flaggedClusters()) {
      known.resolve(cluster, warnings).ifPresentOrElse(flagged::add, () -> rejected.add(cluster));
    }
    if (!rejected.isEmpty()) {
      warnings.add(
          "Not among the findings, for there is no such cluster: "
              + names(rejected.stream().map(FlaggedCluster::clusterId).toList())
              + ".");
    }
    String narrative = parsed.fleetNarrative();
    List<RecommendedAction> actions = new ArrayList<>(parsed.recommendedActions());
    if (lacks(ReportSection.FLEET_NARRATIVE)) {
      narrative = fill(ReportSection.FLEET_NARRATIVE, SnapshotSections.narrative(snapshot));
    }
    if (lacks(ReportSection.FLAGGED_CLUSTERS)) {
      flagged.addAll(fill(ReportSection.FLAGGED_CLUSTERS, SnapshotSections.flagged(snapshot)));
    }
    List<String> notFlagged = notFlagged(flagged);
    List<CustomerSummary> customers = new ArrayList<>(parsed.customerSummaries());
    List<CustomerSummary> forgotten = troubled.summariesBut(parsed.customerSummaries());
    if (!forgotten.isEmpty()) {
      customers.addAll(forgotten);
      warnings.add(
          "Customers of Tier S or A in trouble of whom the writer says nothing were added: "
              + names(forgotten.stream().map(CustomerSummary::customer).toList())
              + ".");
    }
    if (lacks(ReportSection.CUSTOMER_SUMMARIES)) {
      filled.add(ReportSection.CUSTOMER_SUMMARIES);
    }
    if (lacks(ReportSection.RECOMMENDED_ACTIONS)) {
      actions.addAll(
          fill(ReportSection.RECOMMENDED_ACTIONS, SnapshotSections.actions(snapshot, flagged)));
    }
    return new Completed(
        new ParsedReport(
            narrative, flagged, parsed.predictions(), customers, actions, sections(), warnings),
        rejected,
        notFlagged,
        filled);
  }

  private List<String> notFlagged(List<FlaggedCluster> flagged) {
    Set<String> ids = new HashSet<>();
    flagged.forEach(cluster -> ids.add(cluster.clusterId()));
    List<String> missed = troubled.critical().stream().filter(id -> !ids.contains(id)).toList();
    if (!missed.isEmpty()) {
      warnings.add(
          missed.size()
              + (missed.size() == 1 ? " Critical cluster" : " Critical clusters")
              + " of Tier S or A customers not flagged by the writer: "
              + names(missed)
              + ".");
    }
    return missed;
  }

  private boolean lacks(ReportSection section) {
    return !parsed.sections().contains(section);
  }

  private <T> T fill(ReportSection section, T content) {
    filled.add(section);
    warnings.add(section.name() + ": filled by code from the snapshot.");
    return content;
  }

  private Set<ReportSection> sections() {
    Set<ReportSection> sections = EnumSet.noneOf(ReportSection.class);
    sections.addAll(parsed.sections());
    sections.addAll(filled);
    return sections;
  }

  private static String names(List<String> names) {
    String listed =
        String.join(
            ", ",
            names.subList(0, Math.min(NAMED, names.size())).stream()
                .map(Completion::shortened)
                .toList());
    int more = names.size() - NAMED;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }

  private static String shortened(String name) {
    return name.length() <= 80 ? name : name.substring(0, name.offsetByCodePoints(0, 60)) + "…";
  }
}
