package io.patrolagent.systemtests.process;

import io.patrolagent.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A PostgreSQL that starts inside the process's own view of the disks: port and directory. */
final class DatabaseMain {

  private DatabaseMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(
            EmbeddedDatabase.Options.defaults()
                .withPort(Integer.parseInt(arguments[0]))
                .withDataDirectory(Path.of(arguments[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(database::close, "close-database"));
    System.out.println("database listens on " + database.jdbcUrl());
    new CountDownLatch(1).await();
  }
}
