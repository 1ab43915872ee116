package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.ReasonCode;

/** What problems are told apart by. */
record Problem(String clusterId, ReasonCode code) {}
