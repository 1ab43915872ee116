/**
 * The stage between a trigger and the agent: it condenses the fleet into one consistent snapshot.
 */
package io.patrolagent.aggregator;
