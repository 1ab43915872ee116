/** Everything that an installation needs, asked for once, so that somebody sees what is missing. */
@NullMarked
package io.patrolagent.standalone.check;

import org.jspecify.annotations.NullMarked;
