/**
 * The stage {@code patrol.snapshot-taken} → {@code patrol.agent-finished}: hands a snapshot to the
 * agent and publishes the report that it wrote.
 */
@NullMarked
package io.patrolagent.agentrunner;

import org.jspecify.annotations.NullMarked;
