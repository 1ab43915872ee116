package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.EvidenceSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report can be checked against: facts by cluster and of the fleet, those of an
 * earlier report apart from those that are true now. Not thread-safe.
 */
final class FactIndex {

  private static final int MOST_NAMES = 20_000;

  private final Map<String, FactSet> clusters = new HashMap<>();
  private final Map<String, FactSet> earlier = new HashMap<>();
  private final FactSet fleet = new FactSet(true);
  private final FactSet earlierFleet = new FactSet(true);
  private final List<EvidenceSource> sources = new ArrayList<>();
  private final Map<String, String> idByName = new HashMap<>();
  private final Map<String, Integer> knownFrom = new HashMap<>();
  private final Set<String> words = new HashSet<>();
  private final Map<String, Integer> customerFrom = new HashMap<>();
  private final Set<String> shapes = new HashSet<>();
  private final Map<String, Set<String>> clustersByCustomer = new HashMap<>();
  private final Map<String, Map<String, Integer>> tiersByCustomer = new HashMap<>();
  private final Instant writtenAt;
  private final Map<String, NameKey> names = new HashMap<>();
  private Instant readFrom;

  FactIndex(Instant writtenAt) {
    this.writtenAt = writtenAt;
    this.readFrom = writtenAt;
  }

  int source(EvidenceSource source) {
    sources.add(source);
    Instant at = source.at();
    if (at != null && at.isBefore(readFrom)) {
      readFrom = at;
    }
    return sources.size() - 1;
  }

  /** A name's key; the same names come again and again. */
  NameKey name(String name) {
    if (names.size() > MOST_NAMES) {
      names.clear();
    }
    return names.computeIfAbsent(name, NameKey::of);
  }

  boolean isFleet(@Nullable Integer source) {
    return source != null && sources.get(source).name().equals(EvidenceSource.FLEET);
  }

  EvidenceSource source(int index) {
    return sources.get(index);
  }

  Instant writtenAt() {
    return writtenAt;
  }

  /** When the oldest source was read. */
  Instant readFrom() {
    return readFrom;
  }

  /** The set of a cluster, or with null that of the fleet, to add to. */
  FactSet of(@Nullable String clusterId, boolean ofEarlierReport) {
    if (clusterId == null) {
      return ofEarlierReport ? earlierFleet : fleet;
    }
    return (ofEarlierReport ? earlier : clusters)
        .computeIfAbsent(clusterId, none -> new FactSet(false));
  }

  FactSet fleet() {
    return fleet;
  }

  /** A cluster's facts that are true now; nothing of one that nobody knows. */
  FactSet cluster(String clusterId) {
    FactSet facts = clusters.get(clusterId);
    return facts == null ? new FactSet(false) : facts;
  }

  /** What is known of the clusters, what is true now first. */
  List<FactSet> factsOf(Set<String> clusterIds) {
    Set<FactSet> facts = new LinkedHashSet<>();
    clusterIds.forEach(id -> add(facts, clusters.get(id)));
    clusterIds.forEach(id -> add(facts, earlier.get(id)));
    return List.copyOf(facts);
  }

  /** What is known of the fleet as a whole, what is true now first. */
  List<FactSet> factsOfFleet() {
    return List.of(fleet, earlierFleet);
  }

  private static void add(Set<FactSet> scope, @Nullable FactSet facts) {
    if (facts != null) {
      scope.add(facts);
    }
  }

  void know(String clusterId, @Nullable String name, int source) {
    if (knownFrom.putIfAbsent(clusterId, source) == null) {
      shapes.add(shape(clusterId));
    }
    if (name != null && !name.isBlank()) {
      idByName.putIfAbsent(name, clusterId);
    }
  }

  void know(String clusterId, String customer, @Nullable String tier, int source) {
    String folded = Comparison.folded(customer);
    clustersByCustomer.computeIfAbsent(folded, none -> new TreeSet<>()).add(clusterId);
    knowCustomer(folded, tier, source);
  }

  void knowCustomer(String customer, @Nullable String tier, int source) {
    Map<String, Integer> tiers =
        tiersByCustomer.computeIfAbsent(Comparison.folded(customer), none -> new HashMap<>());
    customerFrom.putIfAbsent(Comparison.folded(customer), source);
    if (tier != null) {
      tiers.putIfAbsent(tier, source);
    }
  }

  /** Of a word that is a cluster's id or name, the id; else null. */
  @Nullable String clusterOf(String word) {
    return knownFrom.containsKey(word) ? word : idByName.get(word);
  }

  /** Which source knows the cluster; null where none does. */
  @Nullable Integer knownFrom(String clusterId) {
    return knownFrom.get(clusterId);
  }

  /** The fleet's tables, where they were read. */
  @Nullable Integer fleetSource() {
    for (int source = 0; source < sources.size(); source++) {
      if (isFleet(source)) {
        return source;
      }
    }
    return null;
  }

  /** Whether a word stands anywhere in the data: a node, a code, an account. */
  boolean isWord(String word) {
    return words.contains(word.toLowerCase(Locale.ROOT));
  }

  void addWord(String word) {
    words.add(word.toLowerCase(Locale.ROOT));
  }

  /** Whether a word is built as the ids are that are known, {@code c-0042} like {@code c-17}. */
  boolean hasShapeOfAnId(String word) {
    return shapes.isEmpty() || shapes.contains(shape(word));
  }

  /** The customer's clusters. */
  Set<String> clustersOf(String customer) {
    return clustersByCustomer.getOrDefault(customer, Set.of());
  }

  /** A customer as it is known, folded, by what somebody wrote; null where it is not. */
  @Nullable String customer(String written) {
    String folded = Comparison.folded(written);
    if (tiersByCustomer.containsKey(folded)) {
      return folded;
    }
    List<String> alike =
        tiersByCustomer.keySet().stream()
            .filter(
                known ->
                    known.length() > 2
                        && folded.length() > 2
                        && (known.startsWith(folded + " ") || folded.startsWith(known + " ")))
            .limit(2)
            .toList();
    return alike.size() == 1 ? alike.get(0) : null;
  }

  @Nullable Integer customerSource(String customer) {
    return customerFrom.get(customer);
  }

  /** The customer's tiers with the source of each; empty where nobody says. */
  Map<String, Integer> tiersOf(String customer) {
    return tiersByCustomer.getOrDefault(customer, Map.of());
  }

  /** Which of its parts are letters, digits or both. */
  private static String shape(String id) {
    StringBuilder shape = new StringBuilder();
    for (String part : id.split("[-_]", 8)) {
      boolean letters = part.chars().anyMatch(Character::isLetter);
      boolean digits = part.chars().anyMatch(Character::isDigit);
      shape.append(letters && digits ? 'x' : letters ? 'a' : '9');
    }
    return shape.toString();
  }
}
