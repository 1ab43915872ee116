/** How figures, lists, times and other people's words are put into a line of the report. */
@NullMarked
package io.patrolagent.agentrunner.offline.wording;

import org.jspecify.annotations.NullMarked;
