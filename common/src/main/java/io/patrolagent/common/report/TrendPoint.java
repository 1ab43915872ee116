package io.patrolagent.common.report;

import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One of the reports before, as a point of a trend: its counts of active clusters by risk. */
public record TrendPoint(
    PatrolId reportId,
    Instant finishedAt,
    int critical,
    int warning,
    int unknown,
    @Nullable Integer flagged) {}
