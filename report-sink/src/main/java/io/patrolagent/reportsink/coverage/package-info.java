/** What the writer of a report looked at, counted from the calls that were answered. */
@NullMarked
package io.patrolagent.reportsink.coverage;

import org.jspecify.annotations.NullMarked;
