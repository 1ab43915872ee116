package io.patrolagent.common.page;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Verification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report's claims by where they stand, and in words. */
final class Claims {

  private static final int NARRATIVE = -1;
  private static final int LONGEST = 300;

  private final Map<ReportSection, Map<Integer, List<Claim>>> byPlace =
      new EnumMap<>(ReportSection.class);
  private final List<EvidenceSource> sources;
  private final Times times;

  Claims(PatrolReport report, Times times) {
    this.times = times;
    Verification verification = report.verification();
    sources = verification == null ? List.of() : verification.sources();
    if (verification != null) {
      for (Claim claim : verification.claims()) {
        byPlace
            .computeIfAbsent(claim.section(), s -> new HashMap<>())
            .computeIfAbsent(
                claim.entry() == null ? NARRATIVE : claim.entry(), e -> new ArrayList<>())
            .add(claim);
      }
    }
  }

  /** The claims of a section's entry, none where nothing of it could be checked. */
  List<Claim> of(ReportSection section, int entry) {
    return byPlace.getOrDefault(section, Map.of()).getOrDefault(entry, List.of());
  }

  List<Claim> ofNarrative() {
    return of(ReportSection.FLEET_NARRATIVE, NARRATIVE);
  }

  /** The worst of them: contradicted, then unsupported, then verified; null where there is none. */
  static @Nullable Mark worst(List<Claim> claims) {
    Mark worst = null;
    for (Claim claim : claims) {
      if (worst == null || rank(claim.mark()) > rank(worst)) {
        worst = claim.mark();
      }
    }
    return worst;
  }

  private static int rank(Mark mark) {
    return switch (mark) {
      case VERIFIED -> 0;
      case UNSUPPORTED -> 1;
      case CONTRADICTED -> 2;
    };
  }

  /** {@code ✗ disk_used_percent: written 91, found 81.5 (get_cluster_metrics, 25 Nov 08:00)}. */
  String sentence(Claim claim) {
    String found =
        claim.found() != null
            ? ", found " + cut(claim.found())
            : claim.mark() == Mark.UNSUPPORTED ? ", nothing that was read says so" : "";
    EvidenceSource source = source(claim);
    String where = source == null ? "" : " (" + where(source) + ")";
    return Wording.symbol(claim.mark())
        + " "
        + claim.name()
        + ": written "
        + cut(claim.written())
        + found
        + where;
  }

  /** Of several claims those that are not verified, and how many are. */
  List<String> sentences(List<Claim> claims) {
    List<String> sentences = new ArrayList<>();
    claims.stream()
        .filter(claim -> claim.mark() != Mark.VERIFIED)
        .forEach(claim -> sentences.add(sentence(claim)));
    int verified = claims.size() - sentences.size();
    if (verified > 0) {
      sentences.add("✓ " + Figures.counted(verified, "claim", "claims") + " verified");
    }
    return sentences;
  }

  @Nullable EvidenceSource source(Claim claim) {
    Integer at = claim.source();
    return at == null || at < 0 || at >= sources.size() ? null : sources.get(at);
  }

  /** {@code get_cluster_metrics, 25 Nov 08:00}. */
  String where(EvidenceSource source) {
    return name(source) + (source.at() == null ? "" : ", " + times.day(source.at()));
  }

  static String name(EvidenceSource source) {
    return switch (source.name()) {
      case EvidenceSource.SNAPSHOT -> "the snapshot";
      case EvidenceSource.FLEET -> "the fleet's tables";
      default -> source.name();
    };
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
