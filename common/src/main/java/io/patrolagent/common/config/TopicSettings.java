package io.patrolagent.common.config;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What topics are called, who creates them, and how. */
public record TopicSettings(
    String prefix, Topics topics, int partitions, int replicationFactor, OptionalInt minIsr) {

  /** Whether a service creates the topics it misses, or only says what is wrong with them. */
  public enum Topics {
    CREATE,
    VERIFY
  }

  /** Leaves the number of copies to the broker. */
  public static final int BROKER_DEFAULT = -1;

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");
  private static final int MOST_PARTITIONS = 1000;
  private static final int MOST_COPIES = 32;

  public TopicSettings {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("topic prefix must match " + PREFIX + ", got " + prefix);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("topic partitions must be at least 1, got " + partitions);
    }
    if (replicationFactor != BROKER_DEFAULT && replicationFactor < 1) {
      throw new IllegalArgumentException(
          "topic replication factor must be -1 or at least 1, got " + replicationFactor);
    }
  }

  /** The catalogue's defaults, for tests and embedded brokers. */
  public static TopicSettings defaults() {
    return from(Env.of(Map.of()));
  }

  /** From {@code PATROL_TOPIC…}; notes problems in the env. */
  public static TopicSettings from(Env env) {
    String prefix = env.optional(Setting.TOPIC_PREFIX).orElse("");
    if (!PREFIX.matcher(prefix).matches()) {
      env.problem(
          Setting.TOPIC_PREFIX, "must be up to 100 letters, digits, dots, dashes and underscores");
      prefix = Setting.TOPIC_PREFIX.example();
    }
    int copies = env.integer(Setting.TOPIC_REPLICATION_FACTOR, BROKER_DEFAULT, MOST_COPIES);
    if (copies == 0) {
      env.problem(Setting.TOPIC_REPLICATION_FACTOR, "must be -1 or a whole number from 1");
      copies = BROKER_DEFAULT;
    }
    OptionalInt minIsr = env.optionalInteger(Setting.TOPIC_MIN_ISR, 1, MOST_COPIES);
    if (minIsr.isPresent() && copies != BROKER_DEFAULT && minIsr.getAsInt() > copies) {
      env.problem(
          Setting.TOPIC_MIN_ISR,
          "must not be above " + Setting.TOPIC_REPLICATION_FACTOR.variable() + "=" + copies);
    }
    return new TopicSettings(
        prefix,
        env.choice(Setting.TOPICS, Topics.class),
        env.integer(Setting.TOPIC_PARTITIONS, 1, MOST_PARTITIONS),
        copies,
        minIsr);
  }
}
