package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a report says and that data can speak to.
 *
 * <ul>
 *   <li>{@code section} and {@code entry}: where it stands; the entry counts from 0, and is null in
 *       the narrative.
 *   <li>{@code cluster_id}: the cluster that it is about; null where it is about the fleet.
 *   <li>{@code name}: what is claimed: {@code cluster_id} (that it exists), {@code customer},
 *       {@code tier}, {@code severity}, a metric's name as written, or {@code number} for one in
 *       prose.
 *   <li>{@code written}: as the writer wrote it.
 *   <li>{@code found}: what the data says, where it says something.
 *   <li>{@code source}: which of the verification's sources says so, from 0; null where none does.
 * </ul>
 */
public record Claim(
    ReportSection section,
    @Nullable Integer entry,
    @Nullable String clusterId,
    String name,
    String written,
    Mark mark,
    @Nullable String found,
    @Nullable Integer source) {

  public Claim {
    if (section == null || name == null || written == null || mark == null) {
      throw new IllegalArgumentException(
          "a claim needs section, name, written and mark; name is " + name);
    }
  }
}
