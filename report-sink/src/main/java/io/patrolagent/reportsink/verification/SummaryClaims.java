package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.Mark;
import io.patrolagent.reportsink.verification.ClaimList.Place;
import io.patrolagent.reportsink.verification.ProseClaims.Text;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks a customer's summary: that the customer exists, its tier, and the prose. */
final class SummaryClaims {

  private final FactIndex index;
  private final ClaimList claims;
  private final ProseClaims prose;

  SummaryClaims(FactIndex index, ClaimList claims, ProseClaims prose) {
    this.index = index;
    this.claims = claims;
    this.prose = prose;
  }

  void check(Place place, CustomerSummary summary) {
    String customer = index.customer(summary.customer());
    if (customer == null) {
      claims.unsupported(place, "customer", summary.customer());
      if (summary.tier() != null) {
        claims.unsupported(place, "tier", summary.tier());
      }
      prose.check(Text.of(place, summary.summary()));
      return;
    }
    Map<String, Integer> tiers = new TreeMap<>(index.tiersOf(customer));
    Integer source = index.customerSource(customer);
    claims.add(place, "customer", summary.customer(), Mark.VERIFIED, summary.customer(), source);
    if (summary.tier() != null) {
      tier(place, summary.tier(), tiers);
    }
    prose.check(new Text(place, summary.summary(), index.clustersOf(customer), List.of()));
  }

  private void tier(Place place, String written, Map<String, Integer> tiers) {
    for (Map.Entry<String, Integer> tier : tiers.entrySet()) {
      if (Comparison.sameText(written, tier.getKey())) {
        claims.add(place, "tier", written, Mark.VERIFIED, tier.getKey(), tier.getValue());
        return;
      }
    }
    if (tiers.isEmpty()) {
      claims.unsupported(place, "tier", written);
    } else {
      Map.Entry<String, Integer> first = tiers.entrySet().iterator().next();
      claims.add(place, "tier", written, Mark.CONTRADICTED, first.getKey(), first.getValue());
    }
  }
}
