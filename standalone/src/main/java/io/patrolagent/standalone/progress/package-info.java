/** What is being done now and for how long, for somebody who waits at a terminal or reads a log. */
package io.patrolagent.standalone.progress;
