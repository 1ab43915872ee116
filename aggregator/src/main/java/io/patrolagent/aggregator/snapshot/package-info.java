/**
 * The snapshot: six queries in files that an operator may replace, run in one read-only
 * transaction, and what is said when their sources are stale, incomplete or collapsed.
 */
package io.patrolagent.aggregator.snapshot;
