package io.patrolagent.aggregator;

import io.patrolagent.common.ops.ServiceMain;

/** The aggregator's process. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServiceMain.run(
        AggregatorHandler.STAGE,
        "Takes a snapshot of the fleet for every trigger.",
        args,
        AggregatorService::create);
  }
}
