package io.patrolagent.standalone.check;

import io.patrolagent.common.ops.InstallationCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks checks one after the other, each for no longer than it may take; none stops the next. */
public final class CheckRun implements AutoCloseable {

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "check");
            thread.setDaemon(true); // one that hangs must not keep the process
            return thread;
          });
  private final Consumer<String> begun;
  private final List<CheckResult> results = new ArrayList<>();

  /**
   * @param begun told the name of each check when it begins
   */
  public CheckRun(Consumer<String> begun) {
    this.begun = begun;
  }

  /** Asks it, and whether it was fine. */
  boolean ask(InstallationCheck check) throws InterruptedException {
    begun.accept(check.name());
    Future<String> asked = executor.submit(check.probe()::find);
    try {
      add(
          CheckResult.ok(
              check.name(), asked.get(check.timeout().toMillis(), TimeUnit.MILLISECONDS)));
      return true;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      add(CheckResult.failed(check.name(), message(cause), check.remedy()));
    } catch (TimeoutException e) {
      asked.cancel(true);
      add(
          CheckResult.failed(
              check.name(),
              "no answer within " + check.timeout().toSeconds() + " s",
              check.remedy()));
    }
    return false;
  }

  void skip(String name, String why) {
    add(CheckResult.skipped(name, why));
  }

  void add(CheckResult result) {
    results.add(result);
  }

  public List<CheckResult> results() {
    return List.copyOf(results);
  }

  public boolean allFine() {
    return results.stream().noneMatch(r -> r.status() == CheckResult.Status.FAILED);
  }

  private static String message(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getMessage() == null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    Throwable deepest = root;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String why = deepest.getMessage();
    String whole = why == null || message.contains(why) ? message : message + ": " + why;
    return whole.replaceAll("\\s+", " ").strip();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
