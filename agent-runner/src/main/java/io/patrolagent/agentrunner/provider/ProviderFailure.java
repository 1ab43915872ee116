package io.patrolagent.agentrunner.provider;

import java.time.Instant;

/**
 * A provider that failed for good in one call: who, why ({@code reason}, a short word such as
 * {@code authentication}, {@code quota}, {@code unknown_model}, {@code refused}, {@code
 * retries_used_up}), its message without secrets, after how many attempts, and when.
 */
public record ProviderFailure(
    String provider, String model, String reason, String message, int attempts, Instant at) {}
