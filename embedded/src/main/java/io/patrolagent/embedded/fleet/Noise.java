package io.patrolagent.embedded.fleet;

/**
 * Randomness that is a function of its arguments: the noise of one reading does not depend on which
 * readings were asked for before. The mixer is SplitMix64's.
 */
final class Noise {

  private Noise() {}

  static long mix(long seed, long salt) {
    long z = seed + (salt + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  static double unit(long seed, long salt) {
    return (mix(seed, salt) >>> 11) * 0x1.0p-53;
  }

  /** Between -1 and 1, values near 0 the likeliest. */
  static double signed(long seed, long salt) {
    long bits = mix(seed, salt);
    return ((bits >>> 32) - (bits & 0xFFFFFFFFL)) * 0x1.0p-32;
  }
}
