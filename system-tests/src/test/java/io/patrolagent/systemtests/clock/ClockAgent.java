package io.patrolagent.systemtests.clock;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;

/**
 * Puts every {@link java.time.Clock} of the JVM that it is an agent of as many milliseconds ahead
 * as a file says, or behind; the file is read again and again. Ends a JVM whose clock does not
 * obey.
 */
public final class ClockAgent {

  private static final String AHEAD = "patrol.tests.clock.ahead";
  private static final long LOOK_AGAIN_MS = 20;

  private ClockAgent() {}

  public static void premain(String file, Instrumentation instrumentation) {
    Path said = Path.of(file);
    System.setProperty(AHEAD, read(said));
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .ignore(none())
        .with(RedefinitionStrategy.RETRANSFORMATION)
        .type(named("java.time.Clock"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Ahead.class).on(named("currentInstant"))))
        .installOn(instrumentation);
    Instant told = Instant.ofEpochMilli(System.currentTimeMillis() + Long.getLong(AHEAD, 0));
    if (Duration.between(told, Instant.now()).abs().toSeconds() > 5) {
      System.out.println("the clock does not obey: it is " + Instant.now() + ", not " + told);
      Runtime.getRuntime().halt(1);
    }
    Thread thread = new Thread(() -> follow(said), "clock-agent");
    thread.setDaemon(true);
    thread.start();
  }

  private static void follow(Path file) {
    try {
      while (true) {
        System.setProperty(AHEAD, read(file));
        Thread.sleep(LOOK_AGAIN_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Becomes the end of the method that every clock asks; may use nothing but the JDK. */
  private static final class Ahead {

    private Ahead() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static void exit(@Advice.Return(readOnly = false) Instant now) {
      now = now.plusMillis(Long.getLong(AHEAD, 0));
    }
  }
}
