/** Services whose clock a test sets, by an agent in their JVM: the jars are the shipped ones. */
package io.patrolagent.systemtests.clock;
