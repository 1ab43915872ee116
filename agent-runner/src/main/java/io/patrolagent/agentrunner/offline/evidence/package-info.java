/**
 * What a conversation has brought so far: what was asked for, which tools were called, and what
 * they answered, read leniently into values. Whatever is missing, failed or cannot be read is not
 * there, and is listed as such.
 */
@NullMarked
package io.patrolagent.agentrunner.offline.evidence;

import org.jspecify.annotations.NullMarked;
