package io.patrolagent.scheduler.schedule;

import io.patrolagent.common.config.Suggestion;
import java.time.ZoneId;

/** Time zones by the names of the IANA database; an offset is none, since no clock keeps to it. */
final class Zones {

  private Zones() {}

  /**
   * The zone of that name.
   *
   * @throws IllegalArgumentException with the rule, to be put behind the setting's name
   */
  static ZoneId parse(String name) {
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return ZoneId.of(name);
    }
    throw new IllegalArgumentException(
        "must be a time zone's IANA name"
            + Suggestion.nearest(name, ZoneId.getAvailableZoneIds())
                .map(near -> "; did you mean " + near + "?")
                .orElse(""));
  }
}
