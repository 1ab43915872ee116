/**
 * Rules that look at one cluster's evidence and say what they see, with figures, times and, where
 * something points forward, a forecast. They know the field's words, not any fleet's names.
 */
@NullMarked
package io.patrolagent.agentrunner.offline.rule;

import org.jspecify.annotations.NullMarked;
