/**
 * A report against the one before: which problems are new, worse, better, persisting, resolved or
 * cannot be told, by cluster and reason code and never by comparing prose; what is handed over; and
 * what became of earlier predictions.
 */
@NullMarked
package io.patrolagent.reportsink.diff;

import org.jspecify.annotations.NullMarked;
