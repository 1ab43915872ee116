/**
 * The offline analyst: a chat model without a model. {@link
 * io.patrolagent.agentrunner.offline.Protocol} says what to ask next, {@link
 * io.patrolagent.agentrunner.offline.Assessment} holds what the rules find in the snapshot and the
 * answers, one writer for each section puts it into words. The same conversation always gives the
 * same answer.
 */
@NullMarked
package io.patrolagent.agentrunner.offline;

import org.jspecify.annotations.NullMarked;
