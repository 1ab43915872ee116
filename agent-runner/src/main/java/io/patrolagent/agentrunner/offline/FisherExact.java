package io.patrolagent.agentrunner.offline;

/**
 * Fisher's exact test, one-sided: how likely it is that a sample drawn by chance holds as many hits
 * or more.
 */
final class FisherExact {

  private FisherExact() {}

  /**
   * The probability that of {@code sample} clusters at least {@code hits} are among the {@code
   * marked} ones of a {@code population}; 1 where the figures do not fit together.
   */
  static double atLeast(int hits, int sample, int marked, int population) {
    int most = Math.min(sample, marked);
    if (hits > most || sample > population || marked > population || hits < 0) {
      return 1;
    }
    double sum = 0;
    for (int k = Math.max(hits, sample + marked - population); k <= most; k++) {
      sum +=
          Math.exp(
              logChoose(marked, k)
                  + logChoose(population - marked, sample - k)
                  - logChoose(population, sample));
    }
    return Math.min(1, sum);
  }

  private static double logChoose(int n, int k) {
    double sum = 0;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      sum += Math.log((double) (n - i + 1) / i);
    }
    return sum;
  }
}
