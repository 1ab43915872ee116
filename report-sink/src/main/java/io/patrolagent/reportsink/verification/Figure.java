package io.patrolagent.reportsink.verification;

/** Something in a text that data can be compared with, and where it stands there. */
sealed interface Figure {

  int start();

  int end();

  /** A number, its unit included. */
  record Amount(int start, int end, Quantity quantity) implements Figure {}

  /** A date or time. */
  record Time(int start, int end, Moment moment) implements Figure {}

  /** A version, without the {@code v} before it. */
  record Version(int start, int end, String version) implements Figure {}
}
