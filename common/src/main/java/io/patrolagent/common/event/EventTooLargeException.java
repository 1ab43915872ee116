package io.patrolagent.common.event;

/** An event's value exceeds what its topic takes. */
public final class EventTooLargeException extends RuntimeException {

  EventTooLargeException(EventType<?> type, int bytes) {
    super(type.name() + " may have at most " + type.maxBytes() + " bytes, this one has " + bytes);
  }
}
