package io.patrolagent.systemtests.process;

import io.patrolagent.embedded.LoopbackPort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL with all its files on a disk that can be filled. */
public final class DatabaseOnDisk implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("^database listens on (\\S+)");

  private final OsProcess process;
  private final String jdbcUrl;

  private DatabaseOnDisk(OsProcess process, String jdbcUrl) {
    this.process = process;
    this.jdbcUrl = jdbcUrl;
  }

  /** Returns when it answers. */
  public static DatabaseOnDisk start(SmallDisk disk) throws Exception {
    List<String> command = new ArrayList<>(disk.command());
    command.add(ClassPath.java());
    command.addAll(OsProcess.SMALL);
    command.addAll(List.of("-cp", ClassPath.own(), DatabaseMain.class.getName()));
    command.addAll(List.of(Integer.toString(LoopbackPort.free()), disk.directory().toString()));
    OsProcess process = OsProcess.run(command, ClassPath.environment(), LISTENS);
    return new DatabaseOnDisk(process, process.announced());
  }

  /** Of the database {@code postgres}. */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /** Shuts it down, for which there has to be room. */
  @Override
  public void close() throws InterruptedException {
    process.terminate(30);
    process.kill();
  }
}
