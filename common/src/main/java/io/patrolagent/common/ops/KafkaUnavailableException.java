package io.patrolagent.common.ops;

import org.jspecify.annotations.Nullable;

/** No broker answers; the message says which were asked, the cause why. */
public final class KafkaUnavailableException extends Exception {

  KafkaUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
