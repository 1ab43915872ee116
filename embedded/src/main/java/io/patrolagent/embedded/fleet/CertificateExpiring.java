package io.patrolagent.embedded.fleet;

import static java.util.Locale.ROOT;

import java.util.List;

/** A certificate that is not renewed: two days are left, and all else is well. */
final class CertificateExpiring implements Condition {

  private static final String CODE = "CRT-3302";
  private static final double HOURS_PER_DAY = 24;

  private final Cluster cluster;
  private final double daysLeft;

  private CertificateExpiring(Cluster cluster, double daysLeft) {
    this.cluster = cluster;
    this.daysLeft = daysLeft;
  }

  static void plant(FleetDraft draft, int instance) {
    draft
        .pick(Wishes.firstHits(Tier.A, instance))
        .ifPresent(
            cluster -> {
              double daysLeft = 1.8 + 0.6 * draft.random().nextDouble();
              draft.afflict(cluster, new CertificateExpiring(cluster, daysLeft));
              draft.plant(incident(cluster, daysLeft));
            });
  }

  private static PlantedIncident incident(Cluster cluster, double daysLeft) {
    String here = "cluster_id = '" + cluster.id() + "' and ";
    return PlantedIncident.on(
        List.of(cluster),
        IncidentKind.CERTIFICATE_EXPIRING,
        RiskLevel.WARNING,
        String.format(
            ROOT, "The certificate expires in %.1f days and its renewal fails.", daysLeft),
        List.of(
            new Evidence(
                "byoc.cluster_metrics",
                here + "metric = 'certificate_days_left' and value < 3",
                "certificate_days_left falls and was not reset"),
            new Evidence(
                "byoc.cluster_logs",
                here + "message like '" + CODE + "%'",
                "the renewal fails every night")));
  }

  @Override
  public double reading(Metric metric, double ordinary, double hoursAgo) {
    return metric == Metric.CERTIFICATE_DAYS_LEFT ? daysLeft + hoursAgo / HOURS_PER_DAY : ordinary;
  }

  @Override
  public List<LogLine> logs() {
    String message =
        CODE + " certificate renewal failed: DNS challenge not found, next try in 24 h";
    return List.of(
        LogLine.warn(58.5, null, "certificates", message),
        LogLine.warn(34.5, null, "certificates", message),
        LogLine.warn(10.5, null, "certificates", message));
  }

  @Override
  public List<Alert> alerts() {
    return List.of(
        Alert.firing(
            "CertificateExpiring",
            "warning",
            "Certificate of " + cluster.name() + " expires within seven days",
            (7 - daysLeft) * HOURS_PER_DAY));
  }
}
