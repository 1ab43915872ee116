package io.patrolagent.reportsink;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import java.util.Objects;

/** How a patrol got here: the agent finished it, or a stage gave it up. */
sealed interface SinkInput {

  PatrolId patrolId();

  record Finished(AgentFinished event) implements SinkInput {
    @Override
    public PatrolId patrolId() {
      return event.request().patrolId();
    }
  }

  record Failed(PatrolFailed event) implements SinkInput {

    /** The request has to be the named patrol's. */
    public Failed {
      PatrolRequest request = event.request();
      if (request != null && !Objects.equals(request.patrolId(), event.patrolId())) {
        throw new IllegalArgumentException(
            "patrol_failed.patrol_id is " + event.patrolId() + ", its request's is another");
      }
    }

    @Override
    public PatrolId patrolId() {
      return event.patrolId();
    }

    /** Whether it was this stage that could not go on with what the agent had finished. */
    boolean ofThisStage() {
      return event.stage().equals(SinkHandler.STAGE);
    }
  }
}
