package io.patrolagent.embedded.fleet;

import java.util.SplittableRandom;

/** The versions of the database engine that are in use, with their shares of the fleet. */
enum EngineVersions {
  V3_1_4("3.1.4", 6),
  V3_1_6("3.1.6", 9),
  V3_1_7("3.1.7", 17),
  V3_2_0("3.2.0", 5),
  V3_2_1("3.2.1", 13),
  V3_2_3("3.2.3", 16),
  V3_2_4("3.2.4", 22),
  V3_3_0("3.3.0", 4),
  V3_3_1("3.3.1", 8);

  /** The version with the compaction defect that the knowledge lake knows as CMP-2107. */
  static final String WITH_COMPACTION_BUG = "3.2.1";

  private static final EngineVersions[] ALL = values();

  private final String version;
  private final int percent;

  EngineVersions(String version, int percent) {
    this.version = version;
    this.percent = percent;
  }

  static String pick(SplittableRandom random) {
    int draw = random.nextInt(100);
    for (EngineVersions candidate : ALL) {
      draw -= candidate.percent;
      if (draw < 0) {
        return candidate.version;
      }
    }
    throw new IllegalStateException("engine versions: shares must add up to 100");
  }
}
