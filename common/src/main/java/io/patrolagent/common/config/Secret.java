package io.patrolagent.common.config;

/** A value that never prints: whoever needs it says {@link #value()}. It may be empty. */
public record Secret(String value) {

  /** What stands for a secret wherever one would be printed. */
  public static final String MASK = "***";

  private static final Secret NONE = new Secret("");

  /** No secret at all, say for a database that trusts its peers or asks for a certificate. */
  public static Secret none() {
    return NONE;
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
