package io.patrolagent.embedded.fleet;

import java.util.SplittableRandom;

/**
 * What is normal for one cluster, drawn from its seed. {@code wear} is how far its ordinary health
 * stays below 100; no two clusters are equally well kept.
 */
record Traits(
    double diskUsed,
    double diskGrowthPerDay,
    double cpu,
    double memory,
    double p99Millis,
    double queriesPerSecond,
    double errorRate,
    double compactionScore,
    double replicationLag,
    double connections,
    double backupHour,
    double certificateAge,
    double wear) {

  private static final long SALT = 101;

  static Traits of(Cluster cluster) {
    SplittableRandom random = new SplittableRandom(Noise.mix(cluster.seed(), SALT));
    double wear = random.nextDouble();
    return new Traits(
        22 + 50 * random.nextDouble(),
        0.3 * random.nextDouble(),
        8 + 22 * random.nextDouble(),
        42 + 25 * random.nextDouble(),
        30 + 400 * Math.pow(random.nextDouble(), 2),
        15 * Math.pow(200, random.nextDouble()),
        0.01 + 0.2 * random.nextDouble(),
        8 + 30 * random.nextDouble(),
        0.1 + 1.2 * random.nextDouble(),
        20 + 400 * Math.pow(random.nextDouble(), 2),
        1 + 3 * random.nextDouble(),
        60 * random.nextDouble(),
        1.2 + 20 * wear * wear);
  }
}
