package io.patrolagent.common.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What checking a report's claims against the data came to.
 *
 * <p>{@code claims} are all that could be checked, section by section in the report's order; {@code
 * sources} are where their grounds stand. {@code clusters} are the facts on every cluster that the
 * report, or the one before it, names and that exists, as the fleet's tables had them at {@code
 * facts_at}; both are empty and null where the tables could not be read, and a warning says why.
 *
 * <p>{@code rejected} are findings about clusters that do not exist: they are not among the
 * report's findings. {@code not_flagged} are the Critical clusters of Tier S and A customers that
 * the writer did not flag. {@code filled_sections} are those that code wrote, because the writer's
 * could not be read. {@code patterns} is what flagged clusters have in common, counted.
 */
public record Verification(
    ClaimCounts counts,
    List<Claim> claims,
    List<EvidenceSource> sources,
    @Nullable Instant factsAt,
    List<ClusterFacts> clusters,
    List<FlaggedCluster> rejected,
    List<String> notFlagged,
    List<ReportSection> filledSections,
    List<FleetPattern> patterns) {

  public Verification {
    counts = counts == null ? ClaimCounts.of(claims == null ? List.of() : claims) : counts;
    claims = copy(claims);
    sources = copy(sources);
    clusters = copy(clusters);
    rejected = copy(rejected);
    notFlagged = copy(notFlagged);
    filledSections = copy(filledSections);
    patterns = copy(patterns);
  }

  private static <T> List<T> copy(@Nullable List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }
}
