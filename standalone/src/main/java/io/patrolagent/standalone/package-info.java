/** All stages in one JVM, and the {@code patrol} command. */
package io.patrolagent.standalone;
