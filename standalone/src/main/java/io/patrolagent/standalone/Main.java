package io.patrolagent.standalone;

import io.patrolagent.standalone.command.PatrolCommand;

/** The {@code patrol} command's process. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(PatrolCommand.run(System.getenv(), System.out, System.err, args));
  }
}
