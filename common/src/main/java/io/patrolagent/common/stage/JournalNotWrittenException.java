package io.patrolagent.common.stage;

/**
 * Nobody here knows what the journal holds, or whose it is now. Not to be handled: the runtime
 * fences, reads the journal again and delivers the record again.
 */
public final class JournalNotWrittenException extends Exception {

  JournalNotWrittenException(String message, Exception cause) {
    super(message, cause);
  }

  JournalNotWrittenException(String message) {
    super(message);
  }
}
