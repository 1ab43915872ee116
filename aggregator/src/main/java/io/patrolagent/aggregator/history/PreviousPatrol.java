package io.patrolagent.aggregator.history;

import java.time.Instant;
import java.util.UUID;

/** How many active clusters the last patrol of a scope saw. */
public record PreviousPatrol(UUID reportId, Instant finishedAt, int active) {}
