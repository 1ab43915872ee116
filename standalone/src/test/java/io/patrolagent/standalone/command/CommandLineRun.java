package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/** A command line, run in this JVM with an environment of its own. */
record CommandLineRun(int exitStatus, String out, String err) {

  static CommandLineRun of(Map<String, String> variables, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        PatrolCommand.run(
            variables, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    return new CommandLineRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
