package io.patrolagent.systemtests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in memory of some megabytes, which processes see in place of a directory and a test
 * can fill. Only they and their children see it, so nobody needs a right for it that Linux does not
 * give everybody. It and what is on it stay, whatever becomes of them, until it is closed.
 */
public final class SmallDisk implements AutoCloseable {

  private static final String MOUNT_AND_STAY =
      "mount -t tmpfs -o size=\"$1\"m tmpfs \"$2\" && echo mounted && exec sleep infinity";

  private final Path directory;
  private final Process holder;

  private SmallDisk(Path directory, Process holder) {
    this.directory = directory;
    this.holder = holder;
  }

  /** Whether the operating system lets a process mount one for itself. */
  public static boolean isPossible() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** Returns when it is mounted over that directory. */
  public static SmallDisk mount(Path directory, int megabytes) throws IOException {
    Files.createDirectories(directory);
    Process holder =
        new ProcessBuilder(
                "unshare",
                "-rm",
                "sh",
                "-c",
                MOUNT_AND_STAY,
                "small-disk",
                Integer.toString(megabytes),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var said =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    if (!"mounted".equals(said.readLine())) {
      throw new IOException("no file system could be mounted over " + directory);
    }
    return new SmallDisk(directory, holder);
  }

  /** Where its processes see it. */
  public Path directory() {
    return directory;
  }

  /** What comes before a command that is to see the disk. */
  List<String> command() {
    return List.of(
        "nsenter", "-t", Long.toString(holder.pid()), "-U", "-m", "--preserve-credentials");
  }

  /** A file on it, as the test sees it. */
  private Path seen(String name) {
    return Path.of("/proc", Long.toString(holder.pid()), "root", directory.toString(), name);
  }

  /** Takes all the room that is left. */
  public void fill() throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(seen("ballast"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (!full.getMessage().contains("No space left")) {
        throw full;
      }
    }
  }

  /** Gives the room back. */
  public void empty() throws IOException {
    Files.deleteIfExists(seen("ballast"));
  }

  /** What is on it is gone once its processes are. */
  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
