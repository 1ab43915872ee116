package io.patrolagent.agentrunner.tool;

/**
 * Fisher's exact test, one-sided: how likely at least that many of a cohort would have a problem if
 * the fleet's problems fell on its clusters by chance. This is the upper tail of the hypergeometric
 * distribution.
 *
 * <p>Good for one population; its logarithms of factorials are worked out once. Immutable.
 */
public final class FisherExact {

  private final double[] logFactorial;

  public FisherExact(int population) {
    if (population < 0) {
      throw new IllegalArgumentException("population must not be negative, got " + population);
    }
    logFactorial = new double[population + 1];
    for (int n = 2; n <= population; n++) {
      logFactorial[n] = logFactorial[n - 1] + Math.log(n);
    }
  }

  /**
   * The probability of {@code hits} or more in a cohort of that size, drawn from a population that
   * holds {@code allHits}.
   */
  public double atLeast(int hits, int cohort, int allHits) {
    int population = logFactorial.length - 1;
    if (cohort < 0 || cohort > population || allHits < 0 || allHits > population) {
      throw new IllegalArgumentException(
          "cohort and hits must lie within a population of "
              + population
              + ", got "
              + cohort
              + " and "
              + allHits);
    }
    int most = Math.min(cohort, allHits);
    int first = Math.max(Math.max(hits, 0), cohort + allHits - population);
    double sum = 0;
    for (int k = first; k <= most; k++) {
      double term =
          Math.exp(
              logChoose(allHits, k)
                  + logChoose(population - allHits, cohort - k)
                  - logChoose(population, cohort));
      sum += term;
      if (k > first && term < sum * 1e-17) {
        break; // beyond the peak, where each further one is smaller still
      }
    }
    return Math.min(1, sum);
  }

  private double logChoose(int n, int k) {
    return logFactorial[n] - logFactorial[k] - logFactorial[n - k];
  }
}
