/**
 * The offline analyst: a chat model without a model. Rules draw findings from the snapshot ({@link
 * io.patrolagent.agentrunner.offline.Assessment}), one writer for each section puts them into
 * words. The same snapshot always gives the same report.
 */
@NullMarked
package io.patrolagent.agentrunner.offline;

import org.jspecify.annotations.NullMarked;
