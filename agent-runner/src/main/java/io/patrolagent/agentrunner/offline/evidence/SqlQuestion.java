package io.patrolagent.agentrunner.offline.evidence;

import java.util.Locale;

/**
 * What the analyst asks with {@code query_sql}: questions across all clusters that the other tools
 * answer for one at a time or not at all. Each row says in its column {@code question} what it
 * answers, so that an answer is told from that of any other query.
 */
enum SqlQuestion {
  /** How old the newest health score of each region is. */
  REGIONS,
  /** Clusters in good health that raised many alerts within a day. */
  NOISE,
  /** Errors in the logs of some clusters, those that say the same counted together. */
  ERRORS,
  /** How many active clusters have a trait, for comparison. */
  SIZES;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the file that asks it. */
  String file() {
    return "offline." + label() + ".sql";
  }
}
