package io.patrolagent.agentrunner.provider;

/** A provider failed for good; carries what its attempts were billed nevertheless. */
final class ProviderFailedException extends Exception {

  private final ProviderFailure failure;
  private final ModelUsage usage;

  ProviderFailedException(ProviderFailure failure, ModelUsage usage) {
    super(failure.provider() + " (" + failure.reason() + "): " + failure.message());
    this.failure = failure;
    this.usage = usage;
  }

  ProviderFailure failure() {
    return failure;
  }

  ModelUsage usage() {
    return usage;
  }
}
