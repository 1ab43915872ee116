package io.patrolagent.reportsink.migration;

/** Whether a service applies the product's migrations itself, or only checks that somebody did. */
public enum MigrationMode {
  RUN,
  VERIFY
}
