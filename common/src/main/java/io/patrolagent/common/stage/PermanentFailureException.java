package io.patrolagent.common.stage;

/** Trying again cannot help. The message is for an operator and ends up in the patrol's report. */
public final class PermanentFailureException extends Exception {

  public PermanentFailureException(String message) {
    super(message);
  }

  public PermanentFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
