package io.patrolagent.common.patrol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the fleet that a patrol looks at. A cluster is in scope when it matches every list
 * that is not empty; {@link #FLEET} has only empty lists and matches all of it. The lists hold
 * exact values of {@code byoc.clusters}: {@code account_id}, {@code customer_name}, {@code
 * customer_tier}, {@code region}, {@code cluster_id}.
 */
public record Scope(
    List<String> accounts,
    List<String> customers,
    List<String> tiers,
    List<String> regions,
    List<String> clusters) {

  /** The whole fleet. */
  public static final Scope FLEET =
      new Scope(List.of(), List.of(), List.of(), List.of(), List.of());

  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_LENGTH = 200;
  private static final Set<String> TIERS = Set.of("S", "A", "B", "C");

  public Scope(
      @Nullable List<String> accounts,
      @Nullable List<String> customers,
      @Nullable List<String> tiers,
      @Nullable List<String> regions,
      @Nullable List<String> clusters) {
    this.accounts = entries("accounts", accounts);
    this.customers = entries("customers", customers);
    this.tiers = entries("tiers", tiers);
    this.regions = entries("regions", regions);
    this.clusters = entries("clusters", clusters);
    for (String tier : this.tiers) {
      if (!TIERS.contains(tier)) {
        throw new IllegalArgumentException(
            "scope.tiers must hold S, A, B or C, not '" + tier + "'");
      }
    }
  }

  @JsonIgnore
  public boolean isFleet() {
    return equals(FLEET);
  }

  /** For people: {@code the whole fleet}, or {@code tiers S, A; regions eu-west-1}. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    describe(parts, "accounts", accounts);
    describe(parts, "customers", customers);
    describe(parts, "tiers", tiers);
    describe(parts, "regions", regions);
    describe(parts, "clusters", clusters);
    return parts.isEmpty() ? "the whole fleet" : String.join("; ", parts);
  }

  private static void describe(List<String> parts, String name, List<String> values) {
    if (!values.isEmpty()) {
      parts.add(name + " " + String.join(", ", values));
    }
  }

  private static List<String> entries(String name, @Nullable List<String> values) {
    if (values == null) {
      return List.of();
    }
    if (values.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "scope." + name + " may hold at most " + MAX_ENTRIES + " entries, not " + values.size());
    }
    for (String value : values) {
      if (value == null || value.isBlank() || value.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "scope." + name + " must hold texts of 1 to " + MAX_LENGTH + " characters");
      }
    }
    return List.copyOf(values);
  }
}
