package io.patrolagent.common.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  private static final List<String> NONE = List.of();

  @Test
  void listsThatAreAbsentLeaveTheWholeFleet() {
    Scope scope = new Scope(null, null, null, null, null);

    assertThat(scope).isEqualTo(Scope.FLEET);
    assertThat(scope.isFleet()).isTrue();
    assertThat(scope.describe()).isEqualTo("the whole fleet");
  }

  @Test
  void anEntryInAnyListNarrowsTheScope() {
    List<String> entry = List.of("A");

    assertThat(new Scope(entry, null, null, null, null).isFleet()).isFalse();
    assertThat(new Scope(null, entry, null, null, null).isFleet()).isFalse();
    assertThat(new Scope(null, null, entry, null, null).isFleet()).isFalse();
    assertThat(new Scope(null, null, null, entry, null).isFleet()).isFalse();
    assertThat(new Scope(null, null, null, null, entry).isFleet()).isFalse();
  }

  @Test
  void itsDescriptionNamesEachListThatNarrowsIt() {
    Scope scope =
        new Scope(
            List.of("acc-1"),
            List.of("ACME, Inc."),
            List.of("S", "A"),
            List.of("eu-west-1"),
            List.of("c-1", "c-2"));

    assertThat(scope.describe())
        .isEqualTo(
            "accounts acc-1; customers ACME, Inc.; tiers S, A; regions eu-west-1;"
                + " clusters c-1, c-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"D", "s", "Tier S", "SA"})
  void aTierThatDoesNotExistIsRefused(String tier) {
    assertThatThrownBy(() -> new Scope(NONE, NONE, List.of(tier), NONE, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scope.tiers must hold S, A, B or C, not '" + tier + "'");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \t"})
  void anEntryWithoutTextIsRefused(String entry) {
    assertThatThrownBy(() -> new Scope(NONE, NONE, NONE, Arrays.asList("eu", entry), NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scope.regions must hold texts of 1 to 200 characters");
  }

  @Test
  void anEntryHoldsUpTo200Characters() {
    assertThat(new Scope(NONE, List.of("x".repeat(200)), NONE, NONE, NONE).customers()).hasSize(1);
    assertThatThrownBy(() -> new Scope(NONE, List.of("x".repeat(201)), NONE, NONE, NONE))
        .hasMessage("scope.customers must hold texts of 1 to 200 characters");
  }

  @Test
  void aListHoldsUpTo1000Entries() {
    assertThat(new Scope(NONE, NONE, NONE, NONE, Collections.nCopies(1000, "c")).clusters())
        .hasSize(1000);
    assertThatThrownBy(() -> new Scope(NONE, NONE, NONE, NONE, Collections.nCopies(1001, "c")))
        .hasMessage("scope.clusters may hold at most 1000 entries, not 1001");
  }

  @Test
  void whatItsMakerDoesToAListLaterDoesNotReachIt() {
    List<String> accounts = new ArrayList<>(List.of("acc-1"));
    Scope scope = new Scope(accounts, NONE, NONE, NONE, NONE);

    accounts.add("acc-2");

    assertThat(scope.accounts()).containsExactly("acc-1");
  }
}
