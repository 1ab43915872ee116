/**
 * The demo fleet: an invented fleet of database clusters, any number of them and the same for the
 * same seed, with the trouble in it written down as ground truth. {@link
 * io.patrolagent.embedded.fleet.DemoFleet} is where to start.
 *
 * <p>A {@code FleetPlan} says who exists and what is the matter with whom; it is small and in
 * memory. Everything else about a cluster (its metrics, scores, nodes, logs) is a function of the
 * cluster's own seed, its condition and the time, so that rows are streamed into the database and
 * come out the same in whatever order they are asked for.
 */
package io.patrolagent.embedded.fleet;
