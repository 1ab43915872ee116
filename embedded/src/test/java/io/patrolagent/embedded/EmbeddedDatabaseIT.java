package io.patrolagent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

  private static EmbeddedDatabase database;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.start();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void aRowThatIsWrittenIsRead() throws Exception {
    // given
    String url = database.createDatabase("round_trip");

    // when
    execute(url, "create table t (v text)", "insert into t values ('kept')");

    // then
    assertThat(query(url, "select v from t")).isEqualTo("kept");
  }

  @Test
  void eachDatabaseIsItsOwn() throws Exception {
    // given
    String one = database.createDatabase("one");
    String other = database.createDatabase("other");

    // when
    execute(one, "create table only_here (v text)");

    // then
    assertThat(query(one, "select to_regclass('only_here')")).isEqualTo("only_here");
    assertThat(query(other, "select to_regclass('only_here')")).isNull();
  }

  @Test
  void aNameThatIsNoIdentifierIsRefused() {
    assertThatThrownBy(() -> database.createDatabase("x; drop database postgres"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x; drop database postgres");
  }

  @Test
  void aRestartKeepsPortAndRows() throws Exception {
    // given
    String url = database.createDatabase("restarted");
    execute(url, "create table t (v text)", "insert into t values ('before')");

    // when
    database.stop();
    assertThatThrownBy(() -> query(url, "select 1")).isInstanceOf(SQLException.class);
    database.restart();

    // then
    assertThat(query(url, "select v from t")).isEqualTo("before");
  }

  @Test
  void itListensOnLoopbackAlone() throws Exception {
    assertThat(query(database.jdbcUrl(), "show listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(query(database.jdbcUrl(), "show unix_socket_directories")).isEmpty();
  }

  @Test
  void aGivenDirectoryKeepsItsRowsDurablyForTheNextDatabase(@TempDir Path directory)
      throws Exception {
    // given
    EmbeddedDatabase.Options options =
        EmbeddedDatabase.Options.defaults().withDataDirectory(directory);
    try (EmbeddedDatabase first = EmbeddedDatabase.start(options)) {
      assertThat(query(first.jdbcUrl(), "show fsync")).isEqualTo("on");
      assertThat(query(first.jdbcUrl(), "show synchronous_commit")).isEqualTo("on");
      execute(first.jdbcUrl(), "create table t (v text)", "insert into t values ('kept')");
    }

    // when
    try (EmbeddedDatabase second = EmbeddedDatabase.start(options)) {

      // then
      assertThat(query(second.jdbcUrl(), "select v from t")).isEqualTo("kept");
    }
  }

  @Test
  void aDirectoryOfARunningDatabaseIsRefused(@TempDir Path directory) throws Exception {
    // given
    EmbeddedDatabase.Options options =
        EmbeddedDatabase.Options.defaults().withDataDirectory(directory);
    try (EmbeddedDatabase running = EmbeddedDatabase.start(options)) {

      // when / then
      assertThatThrownBy(() -> EmbeddedDatabase.start(options))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("choose another directory");
      assertThat(query(running.jdbcUrl(), "select 'unharmed'")).isEqualTo("unharmed");
    }
  }

  @Test
  void aTakenPortIsNamedWithTheRemedy() throws Exception {
    // given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedDatabase.Options options =
          EmbeddedDatabase.Options.defaults().withPort(taken.getLocalPort());

      // when / then
      assertThatThrownBy(() -> EmbeddedDatabase.start(options))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("Port " + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void aDirectoryWithSomethingElseInItIsRefused(@TempDir Path directory) throws Exception {
    // given
    Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("diary.txt"), "");
    EmbeddedDatabase.Options options =
        EmbeddedDatabase.Options.defaults().withDataDirectory(directory);

    // when / then
    assertThatThrownBy(() -> EmbeddedDatabase.start(options))
        .isInstanceOf(EmbeddedStartException.class)
        .hasMessageContaining("holds files but no postgresql.conf");
  }

  @Test
  void aServerOrphanedByAKilledProcessIsEndedAndItsRowsAreKept(@TempDir Path directory)
      throws Exception {
    // given
    int port = LoopbackPort.free();
    EmbeddedDatabase.Options options = new EmbeddedDatabase.Options(port, directory);
    killOnceItHasStarted(options);
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    execute(url, "create table t (v text)", "insert into t values ('of the orphan')");
    long orphan = recordedProcess(directory);

    // when a client holds on to the orphan
    try (Connection lingering = DriverManager.getConnection(url, "postgres", "");
        EmbeddedDatabase second = EmbeddedDatabase.start(options)) {

      // then
      assertThat(lingering.isValid(1)).isFalse();
      assertThat(recordedProcess(directory)).isNotEqualTo(orphan);
      assertThat(query(second.jdbcUrl(), "select v from t")).isEqualTo("of the orphan");
    }
  }

  @Test
  void aProcessIdThatSomebodyElseHasByNowIsLeftAlone(@TempDir Path directory) throws Exception {
    // given
    EmbeddedDatabase.Options options =
        EmbeddedDatabase.Options.defaults().withDataDirectory(directory);
    EmbeddedDatabase.start(options).close();
    Process innocent = new ProcessBuilder("sleep", "600").start();
    Files.writeString(
        directory.resolve("data").resolve("postmaster.pid"), innocent.pid() + "\n" + directory);

    // when
    try (EmbeddedDatabase second = EmbeddedDatabase.start(options)) {

      // then
      assertThat(query(second.jdbcUrl(), "select 'up'")).isEqualTo("up");
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  /**
   * Another JVM starts the database and dies of SIGKILL, as when the machine runs out of memory.
   */
  private static void killOnceItHasStarted(EmbeddedDatabase.Options options)
      throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                Integer.toString(options.port()),
                String.valueOf(options.dataDirectory()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(jvm.inputReader().lines().anyMatch(Starter.STARTED::equals)).isTrue();
    } finally {
      jvm.destroyForcibly().waitFor();
    }
  }

  static final class Starter {

    static final String STARTED = "started";

    public static void main(String[] args) throws Exception {
      EmbeddedDatabase.start(
          new EmbeddedDatabase.Options(Integer.parseInt(args[0]), Path.of(args[1])));
      System.out.println(STARTED);
      Thread.currentThread().join();
    }
  }

  private static long recordedProcess(Path directory) {
    return Postmaster.recorded(directory.resolve("data")).orElseThrow().process().pid();
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String query(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
