package io.patrolagent.systemtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in memory of a few megabytes, which a process sees in place of a directory and a
 * test can fill. Only that process and its children see it, so nobody needs a right for it that
 * Linux does not give everybody.
 *
 * @param directory where it is mounted
 */
public record SmallDisk(Path directory, int megabytes) {

  private static final String MOUNT_AND_RUN =
      "mount -t tmpfs -o size=\"$1\"m tmpfs \"$2\" && shift 2 && exec \"$@\"";

  /** Whether the operating system lets a process mount one for itself. */
  public static boolean isPossible() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** What comes before a command that is to see the disk. */
  List<String> command() {
    return List.of(
        "unshare",
        "-rm",
        "sh",
        "-c",
        MOUNT_AND_RUN,
        "small-disk",
        Integer.toString(megabytes),
        directory.toString());
  }

  /** The file that takes all room that is left, as the process with that id sees the disk. */
  private Path ballast(long pid) {
    return Path.of("/proc", Long.toString(pid), "root", directory.toString(), "ballast");
  }

  /** Takes all the room that is left. */
  public void fill(long pid) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast(pid))) {
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
  public void empty(long pid) throws IOException {
    Files.delete(ballast(pid));
  }
}
