/** The scheduler: slots that have come become {@code patrol.requested}, and nothing is stored. */
package io.patrolagent.scheduler;
