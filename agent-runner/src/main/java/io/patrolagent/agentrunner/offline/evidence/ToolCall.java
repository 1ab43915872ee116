package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A tool and the arguments it is called with. Two calls that say the same are equal. */
public record ToolCall(String tool, ObjectNode arguments) {}
