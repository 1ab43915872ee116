package io.patrolagent.agentrunner.provider;

import java.util.List;
import java.util.stream.Collectors;

/** No provider gave an answer; it says who failed and why. */
public final class NoModelException extends Exception {

  private final List<ProviderFailure> failures;

  public NoModelException(List<ProviderFailure> failures) {
    super(
        "no provider answered: "
            + failures.stream()
                .map(
                    failure ->
                        failure.provider() + " (" + failure.reason() + "): " + failure.message())
                .collect(Collectors.joining("; ")));
    this.failures = List.copyOf(failures);
  }

  public List<ProviderFailure> failures() {
    return failures;
  }
}
