package io.patrolagent.embedded;

/**
 * Says why an embedded broker or database did not start, and what to do about it; whatever had been
 * started is stopped.
 */
public final class EmbeddedStartException extends RuntimeException {

  EmbeddedStartException(String message) {
    super(message);
  }

  EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
