package io.patrolagent.reportsink.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same rights stand in three places, and whoever changes one changes all. */
class DatabaseRolesTest {

  private static final Pattern SQL = Pattern.compile("```sql\n(create role.*?)```", Pattern.DOTALL);

  @Test
  void theScriptOfTheContainersGrantsWhatTheServicesNeedAndNoMore() throws Exception {
    assertThat(grants(Files.readString(Path.of("../docker/roles.sql"))))
        .containsExactlyInAnyOrderElementsOf(needed());
  }

  @Test
  void theReadmeSaysTheSame() throws Exception {
    Matcher sql = SQL.matcher(Files.readString(Path.of("../README.md")));

    assertThat(sql.find()).isTrue();
    assertThat(grants(sql.group(1))).containsExactlyInAnyOrderElementsOf(needed());
  }

  private static List<String> needed() {
    DatabaseRoles roles = DatabaseRoles.DEFAULT;
    return Stream.concat(roles.onFleet().stream(), roles.toMigrate().stream())
        .map(DatabaseRolesTest::onOneLine)
        .toList();
  }

  private static List<String> grants(String script) {
    return Arrays.stream(script.replaceAll("(?m)^(--|\\\\).*$", "").split(";", -1))
        .map(DatabaseRolesTest::onOneLine)
        .filter(statement -> statement.contains("grant "))
        .toList();
  }

  private static String onOneLine(String statement) {
    return statement.replaceAll("\\s+", " ").strip();
  }
}
