package io.patrolagent.embedded.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A fleet while it is planned: its clusters, and the condition of those that already have one. A
 * cluster gets one condition only, so that incidents do not overlap.
 */
final class FleetDraft {

  private final FleetOptions options;
  private final List<Cluster> clusters;
  private final Map<String, Condition> conditions = new LinkedHashMap<>();
  private final List<PlantedIncident> incidents = new ArrayList<>();
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final SplittableRandom random;
  private final long active;

  FleetDraft(FleetOptions options, List<Cluster> clusters) {
    this.options = options;
    this.clusters = new ArrayList<>(clusters);
    this.random = new SplittableRandom(Noise.mix(options.seed(), 103));
    this.active = clusters.stream().filter(Cluster::isActive).count();
    for (int i = 0; i < clusters.size(); i++) {
      positions.put(clusters.get(i).id(), i);
    }
  }

  List<Cluster> clusters() {
    return clusters;
  }

  Map<String, Condition> conditions() {
    return conditions;
  }

  List<PlantedIncident> incidents() {
    return incidents;
  }

  SplittableRandom random() {
    return random;
  }

  int size() {
    return options.clusters();
  }

  long activeClusters() {
    return active;
  }

  /** Whether enough clusters are still well for the rest to look like an ordinary fleet. */
  boolean hasRoomFor(int more) {
    return conditions.isEmpty() || conditions.size() + more <= 0.7 * active;
  }

  boolean isFree(Cluster cluster) {
    return !conditions.containsKey(cluster.id());
  }

  /**
   * A settled cluster without a condition: the first wish that one of them meets decides, and if
   * none does, any will do.
   */
  Optional<Cluster> pick(List<Predicate<Cluster>> wishes) {
    for (Predicate<Cluster> wish : wishes) {
      Optional<Cluster> found = pickOne(wish);
      if (found.isPresent()) {
        return found;
      }
    }
    return pickOne(cluster -> true);
  }

  private Optional<Cluster> pickOne(Predicate<Cluster> wish) {
    int start = random.nextInt(clusters.size());
    for (int i = 0; i < clusters.size(); i++) {
      Cluster candidate = clusters.get((start + i) % clusters.size());
      if (candidate.isSettled() && isFree(candidate) && wish.test(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Settled clusters without a condition, grouped, the groups in the order of their first. */
  <K> Collection<List<Cluster>> freeBy(Function<Cluster, K> key) {
    Map<K, List<Cluster>> groups = new LinkedHashMap<>();
    for (Cluster cluster : clusters) {
      if (cluster.isSettled() && isFree(cluster)) {
        groups.computeIfAbsent(key.apply(cluster), k -> new ArrayList<>()).add(cluster);
      }
    }
    return groups.values();
  }

  void afflict(Cluster cluster, Condition condition) {
    if (conditions.putIfAbsent(cluster.id(), condition) != null) {
      throw new IllegalStateException("cluster " + cluster.id() + ": already has a condition");
    }
  }

  /** Runs the cluster on another version from now on, and gives it back as it is then. */
  Cluster reinstall(Cluster cluster, String version) {
    Cluster moved = cluster.withVersion(version);
    Integer position = positions.get(cluster.id());
    if (position == null) {
      throw new IllegalArgumentException("cluster " + cluster.id() + ": not in this fleet");
    }
    clusters.set(position, moved);
    return moved;
  }

  void plant(PlantedIncident incident) {
    incidents.add(incident);
  }

  /** That many hours before now, as a literal for SQL. */
  String sqlTime(double hoursAgo) {
    Instant time = options.now().minusSeconds(Math.round(hoursAgo * 3600));
    return "timestamptz '" + time + "'";
  }
}
