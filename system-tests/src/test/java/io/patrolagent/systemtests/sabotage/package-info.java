/**
 * Services whose safeguards are taken out, one at a time, by an agent in their JVM: the jars are
 * the shipped ones. A suite that stays green with one of them proves nothing.
 */
package io.patrolagent.systemtests.sabotage;
