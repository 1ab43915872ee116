package io.patrolagent.common.client;

/**
 * The broker could not be reached, refused, or lacks the product's topics; the message says which.
 */
public final class PatrolClientException extends RuntimeException {

  PatrolClientException(String message) {
    super(message);
  }

  PatrolClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
