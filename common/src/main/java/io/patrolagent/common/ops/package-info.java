/**
 * What every service needs to be operated: a main that starts and stops it, health, metrics, logs,
 * and the database it works on.
 */
@NullMarked
package io.patrolagent.common.ops;

import org.jspecify.annotations.NullMarked;
