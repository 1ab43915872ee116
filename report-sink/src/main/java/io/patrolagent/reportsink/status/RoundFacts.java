package io.patrolagent.reportsink.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The step that the agent began: a model call where {@code tools} is empty, else a tool round.
 * {@code maxRounds} is 0 where nobody said.
 */
record RoundFacts(
    int round, int maxRounds, List<String> tools, @Nullable String runBy, Instant at) {

  /**
   * A round begins with its model call. The same step once more is that of a runner that took over.
   */
  private static final Comparator<RoundFacts> LATER =
      Comparator.comparingInt(RoundFacts::round)
          .thenComparing(RoundFacts::isToolRound)
          .thenComparing(RoundFacts::at)
          .thenComparing(RoundFacts::toString);

  RoundFacts {
    tools = tools == null ? List.of() : List.copyOf(tools);
  }

  @JsonIgnore
  boolean isToolRound() {
    return !tools.isEmpty();
  }

  RoundFacts or(RoundFacts other) {
    return LATER.compare(this, other) >= 0 ? this : other;
  }
}
