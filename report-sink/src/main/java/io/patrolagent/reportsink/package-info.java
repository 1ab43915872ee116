/**
 * The last stage: what an agent wrote, or why a patrol failed, becomes one row of {@code
 * alerts.patrol_reports} and one finished event.
 */
package io.patrolagent.reportsink;
