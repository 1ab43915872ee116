/** What the platform team needs to know of topics and rights, on paper. */
@NullMarked
package io.patrolagent.standalone.topics;

import org.jspecify.annotations.NullMarked;
