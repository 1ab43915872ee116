/** What flagged clusters have in common, counted against the clusters that share it. */
@NullMarked
package io.patrolagent.reportsink.pattern;

import org.jspecify.annotations.NullMarked;
