package io.patrolagent.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A directory that belongs to one running server at a time: to this one until it is closed.
 *
 * <p>The lock lies beside the server's files and not among them, since {@code initdb} wants an
 * empty directory; the operating system drops it when the process dies, however it dies. Whoever
 * holds it may therefore treat a server that still runs on these files as an orphan.
 */
final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "embedded.lock";
  private static final String FILES = "data";

  private final Path root;
  private final boolean temporary;
  private final FileChannel lock;

  private DataDirectory(Path root, boolean temporary, FileChannel lock) {
    this.root = root;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Creates the directory where it is not there yet; none given is a temporary one, deleted when
   * closed.
   */
  static DataDirectory open(@Nullable Path directory, String server) {
    try {
      Path root =
          directory == null
              ? Files.createTempDirectory("patrolagent-" + server + "-").toRealPath()
              : Files.createDirectories(directory.toAbsolutePath()).toRealPath();
      return new DataDirectory(root, directory == null, lock(root, server));
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "Data directory %s of the embedded %s cannot be used: %s".formatted(directory, server, e),
          e);
    }
  }

  private static FileChannel lock(Path root, String server) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new EmbeddedStartException(
          "Data directory %s belongs to a server that is running, an embedded %s cannot share it; stop that one, or choose another directory"
              .formatted(root, server));
    }
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldInThisJvm) {
      return false;
    }
  }

  /** Where the server's own files lie; the server creates it. */
  Path files() {
    return root.resolve(FILES);
  }

  boolean temporary() {
    return temporary;
  }

  @Override
  public void close() {
    try {
      lock.close();
      if (temporary) {
        FileUtils.deleteDirectory(root.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Data directory %s could not be given up".formatted(root), e);
    }
  }
}
