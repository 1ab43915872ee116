package io.patrolagent.embedded.fleet;

import java.util.List;
import java.util.function.Predicate;

/** Whom an incident had better hit. */
final class Wishes {

  private Wishes() {}

  /** The tier in production, then the tier anywhere. */
  static List<Predicate<Cluster>> tier(Tier tier) {
    return List.of(
        cluster -> cluster.customer().tier() == tier && cluster.isProduction(),
        cluster -> cluster.customer().tier() == tier);
  }

  /** The tier for the first of its kind; any production cluster for the others. */
  static List<Predicate<Cluster>> firstHits(Tier tier, int instance) {
    return instance == 0 ? tier(tier) : List.of(Cluster::isProduction);
  }
}
