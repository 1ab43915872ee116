/**
 * For whoever drives PatrolAgent from Java: trigger patrols, wait for their reports, subscribe to
 * them. Whatever it does, any Kafka client in any language can do with the documented events.
 */
package io.patrolagent.common.client;
