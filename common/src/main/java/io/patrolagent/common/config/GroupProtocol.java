package io.patrolagent.common.config;

import java.util.Locale;
import java.util.Set;

/** How consumer groups agree on partitions; the constants' lower case is Kafka's own name. */
public enum GroupProtocol {
  /** KIP-848, brokers of 4.0 and later: the broker assigns, and owns the timeouts. */
  CONSUMER,
  CLASSIC;

  private static final Set<String> REFUSED_BY_CONSUMER =
      Set.of("session.timeout.ms", "heartbeat.interval.ms", "partition.assignment.strategy");

  /** What a consumer is created with: {@code consumer} or {@code classic}. */
  public String kafkaName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a consumer of this protocol refuses to start with that property. */
  boolean refuses(String property) {
    return this == CONSUMER && REFUSED_BY_CONSUMER.contains(property);
  }
}
