package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.common.patrol.PatrolRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the offline analyst has to write now what a model would: no model may be asked, or the
 * promised time is there. An operator who leaves the analyst out of the providers does not want its
 * reports: the patrol then goes on with its model and is late. What was decided stands in the
 * journal, with the analyst's answer.
 *
 * @param isPossible whether the analyst is among the providers
 * @param dueAt when it takes over at the latest; null where it never does for the time's sake
 * @param forbidden why no model may be asked; null where one may
 */
record OfflineTurn(boolean isPossible, @Nullable Instant dueAt, @Nullable String forbidden) {

  /** As {@link io.patrolagent.agentrunner.provider.ProviderFailure} names it. */
  private static final String DEADLINE = "deadline";

  /** For a call that would begin with {@code provider}, or with the first where it is null. */
  static OfflineTurn of(
      List<String> providers, @Nullable String provider, PatrolRequest request, Gate gate) {
    String next = Objects.requireNonNullElse(provider, providers.get(0));
    if (next.equals(OfflineAnalyst.PROVIDER)) {
      return new OfflineTurn(true, null, null); // nobody to take over from
    }
    boolean possible = providers.contains(OfflineAnalyst.PROVIDER);
    return new OfflineTurn(possible, possible ? request.dueAt() : null, gate.offlineReason());
  }

  /** Why the analyst is to write, as the report's warning; null while a model may. */
  @Nullable String reason(Instant now) {
    if (forbidden != null) {
      return forbidden;
    }
    return dueAt == null || now.isBefore(dueAt) ? null : late(dueAt);
  }

  /** The same for a call that was under way when the promised time came. */
  @Nullable String reasonOf(ModelAnswer answer) {
    boolean givenUp =
        answer.provider().equals(OfflineAnalyst.PROVIDER)
            && answer.failures().stream().anyMatch(f -> f.reason().equals(DEADLINE));
    return givenUp && dueAt != null ? late(dueAt) : null;
  }

  private static String late(Instant dueAt) {
    return "No report by " + dueAt + ": finished by the offline analyst";
  }

  /** A model is waited for no longer than this. */
  Instant cut(Instant deadline) {
    return dueAt != null && dueAt.isBefore(deadline) ? dueAt : deadline;
  }
}
