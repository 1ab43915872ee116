package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who exists and what is the matter with whom: all that is decided about a fleet before a row is
 * written. Pure and in memory; immutable.
 */
final class FleetPlan {

  /** Of every kind one, and one more for so many clusters. */
  private static final int CLUSTERS_PER_INSTANCE = 5000;

  private static final double MODERATE_SHARE = 0.05;
  private static final double WARNING_SHARE = 0.011;
  private static final int UNSEEN_FROM_SIZE = 10;
  private static final int CLUSTERS_PER_UNSEEN = 400;
  private static final int MOST_UNSEEN = 25;

  /**
   * In the order in which they are planted: a tiny fleet has the first ones only, and a region goes
   * dark before anything else happens, so that no other incident is in it.
   */
  private static final List<IncidentPlanner> PLANNERS =
      List.of(
          StaleCollector::plant,
          DiskFilling::plant,
          CompactionBug::plant,
          NodeCrashLoop::plant,
          BackupStopped::plant,
          QuotaExhausted::plant,
          PromptInjection::plant,
          CertificateExpiring::plant,
          NoisyButHealthy::plant);

  private final FleetOptions options;
  private final List<Cluster> clusters;
  private final Map<String, Condition> conditions;
  private final GroundTruth groundTruth;

  private FleetPlan(FleetOptions options, FleetDraft draft, List<String> unseen) {
    this.options = options;
    this.clusters = List.copyOf(draft.clusters());
    this.conditions = Map.copyOf(draft.conditions());
    this.groundTruth =
        new GroundTruth(
            options.seed(),
            options.profile(),
            options.now(),
            options.clusters(),
            unseen,
            draft.incidents());
  }

  static FleetPlan of(FleetOptions options) {
    FleetDraft draft = new FleetDraft(options, Population.of(options));
    List<String> unseen = List.of();
    if (options.profile() == FleetProfile.INCIDENTS) {
      plantIncidents(draft);
      unseen = leaveSomeUnseen(draft);
      troubleSome(draft);
    }
    for (Cluster cluster : draft.clusters()) {
      if (!cluster.isActive()) {
        draft.afflict(cluster, OutOfService.of(cluster));
      }
    }
    return new FleetPlan(options, draft, unseen);
  }

  FleetOptions options() {
    return options;
  }

  /** Ordered by cluster id. */
  List<Cluster> clusters() {
    return clusters;
  }

  Condition condition(Cluster cluster) {
    return conditions.getOrDefault(cluster.id(), Condition.ORDINARY);
  }

  GroundTruth groundTruth() {
    return groundTruth;
  }

  private static void plantIncidents(FleetDraft draft) {
    int instances = 1 + draft.size() / CLUSTERS_PER_INSTANCE;
    for (int instance = 0; instance < instances; instance++) {
      for (IncidentPlanner planner : PLANNERS) {
        if (draft.hasRoomFor(1)) {
          planner.plant(draft, instance);
        }
      }
    }
  }

  private static List<String> leaveSomeUnseen(FleetDraft draft) {
    if (draft.size() < UNSEEN_FROM_SIZE) {
      return List.of();
    }
    List<String> unseen = new ArrayList<>();
    int wanted = Math.min(MOST_UNSEEN, 1 + draft.size() / CLUSTERS_PER_UNSEEN);
    while (unseen.size() < wanted && draft.hasRoomFor(1)) {
      Cluster cluster = draft.pick(List.of()).orElse(null);
      if (cluster == null) {
        break;
      }
      int turn = unseen.size() % 3;
      draft.afflict(cluster, new Unseen(turn == 1, turn == 2));
      unseen.add(cluster.id());
    }
    return unseen.stream().sorted().toList();
  }

  private static void troubleSome(FleetDraft draft) {
    for (Cluster cluster : draft.clusters()) {
      double draw = draft.random().nextDouble();
      if (cluster.isActive() && draft.isFree(cluster) && draw < MODERATE_SHARE + WARNING_SHARE) {
        boolean mild = draw >= WARNING_SHARE;
        draft.afflict(cluster, EverydayTrouble.draw(cluster, mild, draft.random()));
      }
    }
  }
}
