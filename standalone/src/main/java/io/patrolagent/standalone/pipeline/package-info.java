/** The three stages side by side in one JVM, and the embedded broker and database below them. */
package io.patrolagent.standalone.pipeline;
