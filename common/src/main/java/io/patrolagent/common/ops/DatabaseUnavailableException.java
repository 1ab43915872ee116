package io.patrolagent.common.ops;

/** The database does not answer, or lacks what is asked of it; the message says which and why. */
public final class DatabaseUnavailableException extends Exception {

  DatabaseUnavailableException(String message) {
    super(message);
  }

  DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
