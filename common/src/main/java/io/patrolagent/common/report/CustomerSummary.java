package io.patrolagent.common.report;

/** Two or three sentences on one Tier S or A customer with issues. */
public record CustomerSummary(String customer, String summary) {}
