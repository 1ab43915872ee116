package io.patrolagent.agentrunner.offline.rule;

/** What happens in the coming days if nothing changes; a clause with its time, no full stop. */
public record Forecast(Confidence confidence, String event) {}
