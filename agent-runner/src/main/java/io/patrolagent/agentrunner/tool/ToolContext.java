package io.patrolagent.agentrunner.tool;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolRequest;

/** The patrol that a tool is called for: its scope binds every answer. */
public record ToolContext(PatrolRequest request, FleetSnapshot snapshot) {}
