package io.patrolagent.standalone.deadletter;

/** What became of a dead letter that was to be replayed. */
public sealed interface Replay {

  /** It was produced again, and makes or retries this patrol. */
  record Done(String what) implements Replay {}

  /** It stays where it is. */
  record Refused(String reason) implements Replay {}
}
