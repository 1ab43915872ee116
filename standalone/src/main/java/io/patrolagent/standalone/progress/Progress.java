package io.patrolagent.standalone.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thing being done at a time, and for how long: on a terminal a line that updates itself, in a
 * pipe a line when it begins, every ten seconds, and when it is done. Thread-safe.
 */
public final class Progress implements AutoCloseable {

  private static final long TERMINAL_TICK_MS = 200;
  private static final long PIPE_TICK_MS = 10_000;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable String current;
  private long since;

  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    long tick = terminal ? TERMINAL_TICK_MS : PIPE_TICK_MS;
    var unused = clock.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** What was being done is done; from now on it is this. */
  public synchronized void phase(String what) {
    done();
    current = what;
    since = System.nanoTime();
    if (terminal) {
      tick();
    } else {
      out.println("… " + what);
    }
  }

  private synchronized void tick() {
    if (current != null) {
      String line = "… " + current + " (" + elapsed() + ")";
      if (terminal) {
        out.print(CLEAR_LINE + line);
        out.flush();
      } else {
        out.println(line);
      }
    }
  }

  private void done() {
    if (current != null) {
      out.println((terminal ? CLEAR_LINE : "") + "✓ " + current + " (" + elapsed() + ")");
      current = null;
    }
  }

  private String elapsed() {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
  }

  /** What was being done was not finished; the error that follows says why. */
  public synchronized void failed() {
    if (current != null) {
      out.println((terminal ? CLEAR_LINE : "") + "✗ " + current + " (" + elapsed() + ")");
      current = null;
    }
  }

  @Override
  public synchronized void close() {
    done();
    clock.shutdownNow();
  }
}
