/** Records that no decoder could read: what they are, and back to where they came from. */
@NullMarked
package io.patrolagent.standalone.deadletter;

import org.jspecify.annotations.NullMarked;
