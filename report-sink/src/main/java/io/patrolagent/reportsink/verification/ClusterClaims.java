package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.Mark;
import io.patrolagent.reportsink.verification.ClaimList.Place;
import java.util.Locale;

/** Checks that a cluster exists. */
final class ClusterClaims {

  static final String NO_SUCH_CLUSTER = "no such cluster";
  private static final String NAME = "cluster_id";

  private final FactIndex index;
  private final ClaimList claims;

  /** Whether every cluster that exists is in the index. */
  private final boolean complete;

  ClusterClaims(FactIndex index, ClaimList claims, boolean complete) {
    this.index = index;
    this.claims = claims;
    this.complete = complete;
  }

  /** One that is flagged. */
  void check(Place place, String id) {
    check(place, id, index.clusterOf(id), true);
  }

  /** One that a text names. What only looks like an id is not sure to be meant as one. */
  void check(Place place, String text, Mention mention) {
    String before =
        text.substring(Math.max(0, mention.start() - 12), mention.start()).toLowerCase(Locale.ROOT);
    boolean sure = before.contains("cluster") || index.hasShapeOfAnId(mention.word());
    String about = mention.id() == null ? mention.word() : mention.id();
    check(place.about(about), mention.word(), mention.id(), sure);
  }

  private void check(
      Place place, String written, @org.jspecify.annotations.Nullable String id, boolean sure) {
    if (id != null) {
      claims.add(place, NAME, written, Mark.VERIFIED, id, index.knownFrom(id));
    } else if (complete && sure) {
      claims.add(place, NAME, written, Mark.CONTRADICTED, NO_SUCH_CLUSTER, index.fleetSource());
    } else {
      claims.unsupported(place, NAME, written);
    }
  }
}
