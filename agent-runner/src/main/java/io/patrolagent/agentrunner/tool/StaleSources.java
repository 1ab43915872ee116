package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Active clusters by region of which a source knows nothing from the last 24 hours. Not
 * thread-safe.
 */
final class StaleSources {

  static final Duration STALE = Duration.ofHours(24);

  private static final class Group {
    final String source;
    final String region;
    int clusters;
    @Nullable Instant latestAt;

    Group(String source, String region) {
      this.source = source;
      this.region = region;
    }
  }

  private final Instant now;
  private final Map<String, Group> groups = new TreeMap<>();

  StaleSources(Instant now) {
    this.now = now;
  }

  /** A cluster's latest row in a source, null where it has none. */
  void add(String source, String region, JsonNode latest) {
    Instant at = latest.isTextual() ? Instant.parse(latest.asText()) : null;
    if (at != null && at.isAfter(now.minus(STALE))) {
      return;
    }
    Group group = groups.computeIfAbsent(source + "\n" + region, key -> new Group(source, region));
    group.clusters++;
    Instant before = group.latestAt;
    if (at != null && (before == null || at.isAfter(before))) {
      group.latestAt = at;
    }
  }

  /** The largest first. */
  List<ObjectNode> largest(int most) {
    return groups.values().stream()
        .sorted(Comparator.comparingInt((Group group) -> -group.clusters))
        .limit(most)
        .map(StaleSources::json)
        .toList();
  }

  int size() {
    return groups.size();
  }

  private static ObjectNode json(Group group) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Instant latest = group.latestAt;
    json.put("source", group.source);
    json.put("dimension", "region");
    json.put("value", group.region);
    json.put("clusters", group.clusters);
    json.put("latest_at", latest == null ? null : latest.toString());
    return json;
  }
}
