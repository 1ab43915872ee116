package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/** A number in the report before and in this one; null where it was not known. */
public record ThenAndNow(@Nullable Double then, @Nullable Double now) {}
