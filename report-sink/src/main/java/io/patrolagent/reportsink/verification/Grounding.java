package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.EvidenceSource;
import java.util.List;

/**
 * The claims of a report, section by section in the report's order, and the sources that they rest
 * on; a claim's {@code source} is an index into them. {@code whole} says whether all of the report
 * was looked at: of a text beyond any report's length only the beginning is. Immutable.
 */
public record Grounding(List<Claim> claims, List<EvidenceSource> sources, boolean whole) {

  public Grounding {
    claims = List.copyOf(claims);
    sources = List.copyOf(sources);
  }
}
