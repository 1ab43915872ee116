package io.patrolagent.agentrunner;

import io.patrolagent.common.patrol.PatrolId;

/** Which patrols have their report already. */
interface FinishedPatrols {

  boolean contains(PatrolId patrol);
}
