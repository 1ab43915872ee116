package io.patrolagent.common.report;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A problem, which is a cluster and a reason code, and how it stands against the report before.
 *
 * <ul>
 *   <li>{@code since}: when the first of the uninterrupted reports that have it was finished;
 *       {@code patrols}: how many of them there are, this one included.
 *   <li>{@code numbers}: by name, then and now; what decided the change, where numbers did.
 *   <li>{@code note}: what decided it otherwise, as a short sentence.
 * </ul>
 */
public record ProblemChange(
    String clusterId,
    @Nullable String customerName,
    @Nullable String customerTier,
    ReasonCode reasonCode,
    Change change,
    @Nullable Instant since,
    int patrols,
    Map<String, ThenAndNow> numbers,
    @Nullable String note) {

  public ProblemChange {
    if (clusterId == null || reasonCode == null || change == null) {
      throw new IllegalArgumentException(
          "a problem needs cluster_id, reason_code and change; cluster_id is " + clusterId);
    }
    numbers = numbers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(numbers));
  }
}
