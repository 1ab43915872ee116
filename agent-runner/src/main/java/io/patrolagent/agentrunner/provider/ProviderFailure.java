package io.patrolagent.agentrunner.provider;

import java.time.Instant;

/**
 * A provider that failed for good in one call: who, why, its message without secrets, after how
 * many attempts, and when.
 *
 * <p>{@code reason} is one of {@code authentication}, {@code quota}, {@code unknown_model}, {@code
 * refused}, {@code too_large}, {@code invalid_request}, at the first attempt; {@code rate_limited},
 * {@code server_error}, {@code timeout}, {@code connection}, {@code malformed_answer}, {@code
 * empty_answer} of the last attempt, when the attempts are used up; {@code breaker_open}, {@code
 * busy}, {@code deadline} where there was none or no time for another.
 */
public record ProviderFailure(
    String provider, String model, String reason, String message, int attempts, Instant at) {}
