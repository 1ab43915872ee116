/**
 * When patrols are made: cron expressions in a time zone, the slots they give across
 * daylight-saving changes, and where an operator writes them down. Knows no Kafka.
 */
package io.patrolagent.scheduler.schedule;
