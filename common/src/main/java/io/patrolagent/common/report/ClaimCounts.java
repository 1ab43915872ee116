package io.patrolagent.common.report;

import java.util.List;

/** How many of a report's claims came to what. */
public record ClaimCounts(int verified, int contradicted, int unsupported) {

  public static ClaimCounts of(List<Claim> claims) {
    return new ClaimCounts(
        count(claims, Mark.VERIFIED),
        count(claims, Mark.CONTRADICTED),
        count(claims, Mark.UNSUPPORTED));
  }

  private static int count(List<Claim> claims, Mark mark) {
    return (int) claims.stream().filter(claim -> claim.mark() == mark).count();
  }

  public int total() {
    return verified + contradicted + unsupported;
  }
}
