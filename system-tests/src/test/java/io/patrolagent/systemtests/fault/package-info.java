/**
 * What a night brings to a fleet, brought on purpose: processes killed and frozen, networks cut,
 * databases and models gone, and whether every patrol still ends exactly once.
 *
 * <p>{@link io.patrolagent.systemtests.fault.FaultKit} has the platform that a class of tests
 * shares, {@link io.patrolagent.systemtests.fault.Pipeline} the services and patrols of one test,
 * {@link io.patrolagent.systemtests.fault.Ledger} what can be seen of them from outside.
 */
package io.patrolagent.systemtests.fault;
