/** The database role that the agent's tools log in with, and that it may do nothing but read. */
@NullMarked
package io.patrolagent.agentrunner.role;

import org.jspecify.annotations.NullMarked;
