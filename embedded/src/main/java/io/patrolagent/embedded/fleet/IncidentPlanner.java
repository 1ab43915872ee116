package io.patrolagent.embedded.fleet;

/** Plants one instance of one kind of incident where the fleet has room for it. */
interface IncidentPlanner {

  /** The instance is counted from 0; the first ones hit the customers that matter most. */
  void plant(FleetDraft draft, int instance);
}
