/**
 * Checks what a report says against what its writer was given and what the fleet's tables say:
 * every claim is verified, contradicted or unsupported, and has its source.
 */
@NullMarked
package io.patrolagent.reportsink.verification;

import org.jspecify.annotations.NullMarked;
