package io.patrolagent.agentrunner.provider;

import java.util.List;
import java.util.stream.Collectors;

/** No provider gave an answer; it says who failed and why, and what that cost nevertheless. */
public final class NoModelException extends Exception {

  private final List<ProviderFailure> failures;
  private final ModelUsage usage;

  public NoModelException(List<ProviderFailure> failures, ModelUsage usage) {
    super(
        "no provider answered: "
            + failures.stream()
                .map(
                    failure ->
                        failure.provider() + " (" + failure.reason() + "): " + failure.message())
                .collect(Collectors.joining("; ")));
    this.failures = List.copyOf(failures);
    this.usage = usage;
  }

  public List<ProviderFailure> failures() {
    return failures;
  }

  /** What attempts were billed that came to nothing. */
  public ModelUsage usage() {
    return usage;
  }
}
