package io.patrolagent.agentrunner.provider;

import java.util.Locale;

/**
 * Why an attempt or a provider failed, what to do about it, and whether it speaks against the
 * provider or only against this one request.
 */
enum Reason {
  AUTHENTICATION(0, true),
  QUOTA(0, true),
  UNKNOWN_MODEL(0, true),
  REFUSED(0, false),
  TOO_LARGE(0, false),
  INVALID_REQUEST(0, false),
  RATE_LIMITED(Integer.MAX_VALUE, false),
  SERVER_ERROR(Integer.MAX_VALUE, true),
  TIMEOUT(Integer.MAX_VALUE, true),
  CONNECTION(Integer.MAX_VALUE, true),
  MALFORMED_ANSWER(Integer.MAX_VALUE, true),
  /** Nothing in it; a second answer may hold something, a third seldom does, and each is paid. */
  EMPTY_ANSWER(1, false),
  BREAKER_OPEN(0, false),
  BUSY(0, false),
  DEADLINE(0, false);

  private final int retries;
  private final boolean blamesProvider;

  Reason(int retries, boolean blamesProvider) {
    this.retries = retries;
    this.blamesProvider = blamesProvider;
  }

  /** How often at most it is worth trying again after it, whatever the configuration allows. */
  int retries() {
    return retries;
  }

  /** Whether the circuit breaker counts it: the next patrol's call would fare the same. */
  boolean blamesProvider() {
    return blamesProvider;
  }

  /** {@code unknown_model}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
