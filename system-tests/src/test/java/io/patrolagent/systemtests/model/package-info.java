/** A model's server that answers as a test tells it to, and counts what it is asked. */
package io.patrolagent.systemtests.model;
