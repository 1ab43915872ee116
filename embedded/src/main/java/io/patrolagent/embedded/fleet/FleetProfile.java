package io.patrolagent.embedded.fleet;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of fleet to make. */
public enum FleetProfile {
  /** An ordinary fleet with planted incidents and some everyday trouble. */
  INCIDENTS,
  /** Every active cluster is healthy, every source fresh, nothing critical or high is open. */
  HEALTHY;

  /** The name in the ground truth and on a command line. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
