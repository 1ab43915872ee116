/**
 * Configuration by environment variables: one catalogue of every setting, readers that collect
 * problems so that an operator hears of all of them at once, and the records that come of it.
 */
@NullMarked
package io.patrolagent.common.config;

import org.jspecify.annotations.NullMarked;
