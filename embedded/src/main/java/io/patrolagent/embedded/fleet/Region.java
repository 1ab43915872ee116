package io.patrolagent.embedded.fleet;

import java.util.List;

/** A region of a cloud, with its zones' full names. */
record Region(String name, Geography geography, int utcOffsetHours, List<String> zones) {

  enum Geography {
    AMERICAS,
    EMEA,
    APAC
  }
}
