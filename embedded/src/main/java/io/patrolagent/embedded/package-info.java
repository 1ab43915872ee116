/**
 * A Kafka broker, a PostgreSQL and the reference schema that come and go with this JVM, so that a
 * patrol can be tried and tested on a machine where nothing is installed.
 */
@NullMarked
package io.patrolagent.embedded;

import org.jspecify.annotations.NullMarked;
