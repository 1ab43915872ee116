package io.patrolagent.common.ops;

import java.time.Duration;

/**
 * One thing that has to be right before an installation works, asked once by {@code ./patrol
 * check}. It changes nothing.
 *
 * @param remedy what to do where it fails, a phrase
 * @param timeout after which it counts as failed
 */
public record InstallationCheck(String name, String remedy, Duration timeout, Probe probe) {

  private static final Duration USUAL = Duration.ofSeconds(20);

  /** Returns what was found, or throws what is wrong. */
  @FunctionalInterface
  public interface Probe {
    String find() throws Exception;
  }

  public static InstallationCheck of(String name, String remedy, Probe probe) {
    return new InstallationCheck(name, remedy, USUAL, probe);
  }
}
