package io.patrolagent.standalone.progress;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.client.TopicTail;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Follows one patrol's status and tells its progress. A courtesy: where its user may not read that
 * topic, or nobody writes it, there is less to tell, and nothing else changes.
 */
public final class PatrolWatcher implements AutoCloseable {

  /** More than clocks differ; the patrol begins from now on. */
  private static final Duration BACK = Duration.ofHours(1);

  private final PatrolId patrol;
  private final Progress progress;
  private String told = "";
  private boolean toldOfAgent;
  private final TopicTail tail;

  private PatrolWatcher(PatrolClient client, PatrolId patrol, Progress progress) {
    this.patrol = patrol;
    this.progress = progress;
    this.tail = client.followStatuses(Instant.now().minus(BACK), this::tell);
  }

  /** Begins, and returns at once. */
  public static PatrolWatcher start(PatrolClient client, PatrolId patrol, Progress progress) {
    return new PatrolWatcher(client, patrol, progress);
  }

  /** On the tail's thread alone. */
  private void tell(PatrolStatus status) {
    if (!status.patrolId().equals(patrol)) {
      return;
    }
    boolean agentHasIt =
        status.state() != State.REQUESTED
            && (status.status() == null || status.status().isReport());
    if (agentHasIt && !toldOfAgent) {
      toldOfAgent = true;
      tell("the agent writes the report");
    }
    switch (status.state()) {
      case RUNNING -> {
        if (status.round() > 0) {
          tell("round " + status.round() + ": " + StatusText.step(status));
        }
      }
      case AGENT_FINISHED -> tell("the report is parsed and stored");
      case FINISHED -> {
        if (!Objects.requireNonNull(status.status()).isReport()) {
          tell("the failure is stored");
        }
      }
      default -> {} // said above, or by whoever triggered it
    }
  }

  private void tell(String phase) {
    if (!phase.equals(told)) {
      told = phase;
      progress.phase(phase);
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
