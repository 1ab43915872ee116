package io.patrolagent.common.config;

import java.util.Arrays;
import java.util.Optional;

/** The processes of the product, by the names of their modules. */
public enum ServiceName {
  AGGREGATOR("aggregator"),
  AGENT_RUNNER("agent-runner"),
  REPORT_SINK("report-sink"),
  SCHEDULER("scheduler"),
  STANDALONE("standalone");

  private final String module;

  ServiceName(String module) {
    this.module = module;
  }

  /** The service of that module name, if it is one of the product's. */
  public static Optional<ServiceName> of(String module) {
    return Arrays.stream(values()).filter(service -> service.module.equals(module)).findFirst();
  }

  @Override
  public String toString() {
    return module;
  }
}
