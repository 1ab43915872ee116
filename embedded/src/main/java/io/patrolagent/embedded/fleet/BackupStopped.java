package io.patrolagent.embedded.fleet;

import static java.util.Locale.ROOT;

import java.util.List;

/** A nightly backup that no longer starts. It does not fail, so nothing complains. */
final class BackupStopped implements Condition {

  /** The knowledge lake has this as BKP-5003. */
  private static final String WITH_TIMER_DEFECT = "3.2.4";

  private final double lastBackupHoursAgo;

  private BackupStopped(double lastBackupHoursAgo) {
    this.lastBackupHoursAgo = lastBackupHoursAgo;
  }

  static void plant(FleetDraft draft, int instance) {
    draft
        .pick(Wishes.firstHits(Tier.A, instance))
        .ifPresent(
            picked -> {
              Cluster cluster = draft.reinstall(picked, WITH_TIMER_DEFECT);
              double last = 31 + (instance == 0 ? 0 : 6 * draft.random().nextDouble());
              draft.afflict(cluster, new BackupStopped(last));
              draft.plant(incident(cluster, last, draft));
            });
  }

  private static PlantedIncident incident(Cluster cluster, double last, FleetDraft draft) {
    String here = "cluster_id = '" + cluster.id() + "' and ";
    return PlantedIncident.on(
        List.of(cluster),
        IncidentKind.BACKUP_STOPPED,
        RiskLevel.WARNING,
        String.format(
            ROOT,
            "No backup for %.0f hours on a cluster that has one every night; there is no alert, no"
                + " issue and no error.",
            last),
        List.of(
            new Evidence(
                "byoc.cluster_metrics",
                here + "metric = 'backup_age_hours' and value > 26",
                "backup_age_hours grows beyond a day"),
            new Evidence(
                "byoc.cluster_logs",
                here + "component = 'backup-agent' and logged_at <= " + draft.sqlTime(last - 0.01),
                "the last line of the backup agent is that old")));
  }

  @Override
  public double backupsUntilHoursAgo() {
    return lastBackupHoursAgo;
  }
}
