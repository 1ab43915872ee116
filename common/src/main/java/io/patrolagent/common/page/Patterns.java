package io.patrolagent.common.page;

import io.patrolagent.common.report.FleetPattern;

/** What flagged clusters have in common, with the sizes that it rests on. */
final class Patterns {

  private Patterns() {}

  /** {@code compaction behind on version 3.2.1}. */
  static String name(FleetPattern pattern) {
    String at = pattern.dimension().equals("version") ? " on " : " in ";
    return Wording.reason(pattern.reasonCode()) + at + pattern.dimension() + " " + pattern.value();
  }

  /** {@code 9 of 30 clusters (30 %), 4 customers}. */
  static String here(FleetPattern pattern) {
    return share(pattern.flagged(), pattern.cohort())
        + ", "
        + Figures.counted(pattern.customers(), "customer", "customers");
  }

  /** {@code 1 of 90 clusters (1.11 %)}: all others. */
  static String elsewhere(FleetPattern pattern) {
    return share(pattern.flaggedInRest(), pattern.rest());
  }

  static String share(int part, int whole) {
    String of = Figures.count(part) + " of " + Figures.counted(whole, "cluster", "clusters");
    return whole <= 0 ? of : of + " (" + Figures.number(100.0 * part / whole) + " %)";
  }

  static String sentence(FleetPattern pattern) {
    return name(pattern) + ": " + here(pattern) + "; elsewhere " + elsewhere(pattern);
  }
}
