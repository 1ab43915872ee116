package io.patrolagent.embedded.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a load wrote: rows by qualified table name, in the order of loading, and what is true. */
public record LoadedFleet(Map<String, Long> rows, GroundTruth groundTruth) {

  public LoadedFleet {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }

  public long totalRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
