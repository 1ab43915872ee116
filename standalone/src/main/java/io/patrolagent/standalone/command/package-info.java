/** The {@code patrol} command: one class for each of its subcommands. */
package io.patrolagent.standalone.command;
