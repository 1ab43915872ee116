/**
 * What a report must not lack: clusters that exist, sections that can be read, and a word on every
 * Tier S and A customer in trouble. What its writer forgot is added from the data, and says so.
 */
@NullMarked
package io.patrolagent.reportsink.completeness;

import org.jspecify.annotations.NullMarked;
