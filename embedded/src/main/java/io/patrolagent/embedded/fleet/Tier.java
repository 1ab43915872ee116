package io.patrolagent.embedded.fleet;

/** How much a customer's contract promises, S being the most. */
public enum Tier {
  S(2.5),
  A(1.8),
  B(1.0),
  C(0.75);

  private final double size;

  Tier(double size) {
    this.size = size;
  }

  /** How many clusters such a customer runs, relative to the others. */
  double size() {
    return size;
  }
}
