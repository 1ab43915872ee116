/** What earlier patrols left in {@code alerts.patrol_reports}, which may not be there yet. */
package io.patrolagent.aggregator.history;
