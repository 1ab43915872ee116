package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * Two or three sentences on one Tier S or A customer with issues; {@code tier} is what the writer
 * put beside the name, {@code S} to {@code C}, or null. {@code added_from} says where code took the
 * whole entry from; null where the writer wrote it.
 */
public record CustomerSummary(
    String customer, @Nullable String tier, String summary, @Nullable AddedFrom addedFrom) {

  public CustomerSummary {
    if (customer == null || customer.isBlank()) {
      throw new IllegalArgumentException("customer_summaries.customer is missing");
    }
    summary = summary == null ? "" : summary;
  }

  /** As the writer wrote it. */
  public CustomerSummary(String customer, @Nullable String tier, String summary) {
    this(customer, tier, summary, null);
  }
}
