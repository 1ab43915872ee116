/**
 * Where every patrol is: each topic of the pipeline folded into {@code patrol.status} by Kafka
 * Streams, beside the stage and never in its way.
 */
@NullMarked
package io.patrolagent.reportsink.status;

import org.jspecify.annotations.NullMarked;
