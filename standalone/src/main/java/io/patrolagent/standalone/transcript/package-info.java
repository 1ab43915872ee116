/**
 * What an agent asked, was answered and wrote, for somebody who wants to know why a report says
 * what it says.
 */
@NullMarked
package io.patrolagent.standalone.transcript;

import org.jspecify.annotations.NullMarked;
