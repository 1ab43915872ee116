package io.patrolagent.common.stage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who connects to Kafka, each with a principal of its own where the platform gives them. */
public enum Party {
  AGGREGATOR("the aggregator"),
  AGENT_RUNNER("the agent-runner"),
  REPORT_SINK("the report-sink and its status view"),
  SCHEDULER("the scheduler"),
  REQUESTER("whatever asks for patrols and waits for them: a UI backend, a chat, a cron job"),
  SUBSCRIBER("whatever reads finished reports: a mailer, a dashboard"),
  OPERATOR("somebody with the patrol command");

  private final String meaning;

  Party(String meaning) {
    this.meaning = meaning;
  }

  /** The party of that name, say {@code agent-runner}. */
  public static Optional<Party> of(String name) {
    return Arrays.stream(values()).filter(party -> party.toString().equals(name)).findFirst();
  }

  /** Whether it is one of the product's own processes. */
  boolean isService() {
    return switch (this) {
      case AGGREGATOR, AGENT_RUNNER, REPORT_SINK, SCHEDULER -> true;
      case REQUESTER, SUBSCRIBER, OPERATOR -> false;
    };
  }

  /** A phrase without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** Its name on a command line and in a principal: {@code agent-runner}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
