package io.patrolagent.common.ops;

/** A service's {@code main}: everything that is the same for all of them. */
public final class ServiceMain {

  private ServiceMain() {}

  /**
   * Runs the service until the process is told to stop (143 is what SIGTERM ends with), or exits: 1
   * when it could not start, 2 for wrong usage or configuration. Does not return.
   */
  public static void run(String name, String description, String[] args, ServiceFactory factory) {
    ServiceRunner runner =
        new ServiceRunner(name, description, System.getenv(), System.out, System.err, factory);
    Runtime.getRuntime().addShutdownHook(new Thread(runner::stop, "shutdown"));
    System.exit(runner.run(args));
  }
}
