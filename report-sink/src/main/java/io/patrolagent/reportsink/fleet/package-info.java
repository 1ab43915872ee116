/**
 * What the fleet's own tables say when a report is checked: facts on the clusters that it names,
 * and the priority clusters that are in trouble.
 */
@NullMarked
package io.patrolagent.reportsink.fleet;

import org.jspecify.annotations.NullMarked;
