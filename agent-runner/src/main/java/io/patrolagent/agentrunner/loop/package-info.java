/**
 * The agent's loop: rounds of a model call and the tools that it asked for, within limits, written
 * to the journal step by step. What comes next is a pure function of what the journal holds, so
 * that a run goes on in another process as it would have in this one.
 */
@NullMarked
package io.patrolagent.agentrunner.loop;

import org.jspecify.annotations.NullMarked;
