package io.patrolagent.common.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SqlDirectoryTest {

  @TempDir private Path directory;

  @Test
  void aFileOfTheDirectoryGoesBeforeTheShippedOne() throws Exception {
    Files.writeString(directory.resolve("open_issues.sql"), "select :now");

    SqlText text = read("open_issues.sql");

    assertThat(text.text()).isEqualTo("select :now");
    assertThat(text.replaced()).isTrue();
    assertThat(text.parameters()).containsExactly("now");
    assertThat(text).hasToString("open_issues.sql (in " + directory + ")");
  }

  @Test
  void aFileThatIsNeitherThereNorShippedIsAFaultOfTheJar() {
    assertThatThrownBy(() -> read("open_issues.sql"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("open_issues.sql is not in the jar");
  }

  @Test
  void oneDirectoryServesAllServicesAndWhatNoneReadsIsSaid() throws Exception {
    Files.writeString(directory.resolve("open_issues.sql"), "select 1");
    Files.writeString(directory.resolve("query_open_issues.sql"), "select 1");
    Files.writeString(directory.resolve("open_isues.sql"), "select 1");
    Files.writeString(directory.resolve("README.md"), "not a query");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(SqlDirectory.class);
    log.start();
    logger.addAppender(log);

    List<String> unknown;
    try {
      unknown = SqlDirectory.of(Optional.of(directory)).unknown();
    } finally {
      logger.detachAppender(log);
    }

    assertThat(unknown).containsExactly("open_isues.sql");
    assertThat(log.list)
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.getLevel()).isEqualTo(Level.WARN);
              assertThat(warning.getFormattedMessage())
                  .startsWith(directory + " holds open_isues.sql, which no service reads")
                  .contains("cluster_counts.sql", "query_open_issues.sql")
                  .doesNotContain("README");
            });
  }

  @Test
  void aNameThatIsNotInTheListCannotBeRead() {
    assertThatThrownBy(() -> read("new_query.sql"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("new_query.sql must be added to SqlFileNames");
  }

  @Test
  void saysWhichFileCannotBeRead() throws Exception {
    Path file = directory.resolve("open_issues.sql");
    Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});

    assertThatThrownBy(() -> read("open_issues.sql"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + " is not UTF-8");
  }

  private SqlText read(String name) {
    return SqlDirectory.of(Optional.of(directory)).read(SqlDirectoryTest.class, name);
  }
}
