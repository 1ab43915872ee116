package io.patrolagent.agentrunner;

import io.patrolagent.common.ops.ServiceMain;

/** The agent-runner as a process of its own. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServiceMain.run(
        "agent-runner",
        "Writes the report of each patrol from its snapshot.",
        args,
        AgentRunnerService::create);
  }
}
