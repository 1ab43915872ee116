/**
 * What a patrol's run has done so far, written down step by step: what a runner that takes over
 * goes on from, what progress shows while it runs, and what the transcript is read from afterwards.
 */
@NullMarked
package io.patrolagent.agentrunner.journal;

import org.jspecify.annotations.NullMarked;
