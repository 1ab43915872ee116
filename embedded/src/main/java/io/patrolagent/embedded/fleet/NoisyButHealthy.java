package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.List;

/** A cluster that raises alerts all day long, each resolved by itself, and is in good health. */
final class NoisyButHealthy implements Condition {

  private final Cluster cluster;
  private final int alerts;

  private NoisyButHealthy(Cluster cluster, int alerts) {
    this.cluster = cluster;
    this.alerts = alerts;
  }

  static void plant(FleetDraft draft, int instance) {
    draft
        .pick(Wishes.firstHits(Tier.S, instance))
        .ifPresent(
            cluster -> {
              int alerts = draft.random().nextInt(34, 56);
              draft.afflict(cluster, new NoisyButHealthy(cluster, alerts));
              draft.plant(
                  PlantedIncident.on(
                      List.of(cluster),
                      IncidentKind.NOISY_BUT_HEALTHY,
                      RiskLevel.HEALTHY,
                      alerts
                          + " alerts in 24 hours, none critical and all resolved within minutes; the"
                          + " health score is good. Not to be flagged.",
                      List.of(
                          new Evidence(
                              "alerts.lark_alerts",
                              "cluster_id = '"
                                  + cluster.id()
                                  + "' and status = 'resolved' and severity <> 'critical' and"
                                  + " fired_at >= "
                                  + draft.sqlTime(24),
                              "many alerts, all resolved"))));
            });
  }

  @Override
  public List<Alert> alerts() {
    List<Alert> all = new ArrayList<>(alerts);
    for (int i = 0; i < alerts; i++) {
      double fired = 23.5 - 23.0 * i / alerts;
      boolean info = i % 3 != 0;
      all.add(
          new Alert(
              info ? "ConnectionSpike" : "CpuSpike",
              info ? "info" : "warning",
              (info ? "Connections" : "CPU") + " briefly above threshold on " + cluster.name(),
              fired,
              fired - 0.1));
    }
    return all;
  }
}
