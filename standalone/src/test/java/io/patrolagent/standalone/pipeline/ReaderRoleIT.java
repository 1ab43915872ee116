package io.patrolagent.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Secret;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReaderRoleIT {

  private static EmbeddedDatabase database;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = EmbeddedDatabase.start();
    try (Connection connection = connect(database.user())) {
      ReferenceSchema.create(connection);
      connection.createStatement().execute("create role nobody login");
    }
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void theRoleIsMadeAndMayReadButNotWrite() throws Exception {
    DatabaseSettings reader = ReaderRole.ensure(Env.of(Map.of()), as(database.user()));
    ReaderRole.ensure(Env.of(Map.of()), as(database.user())); // and again changes nothing

    try (Connection connection = connect(reader.user())) {
      assertThat(
              connection
                  .createStatement()
                  .executeQuery("select count(*) from byoc.clusters")
                  .next())
          .isTrue();
      assertThatThrownBy(() -> connection.createStatement().execute("delete from byoc.clusters"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void whatTheSinkMakesLaterMayBeReadToo() throws Exception {
    DatabaseSettings reader = ReaderRole.ensure(Env.of(Map.of()), as(database.user()));
    try (Connection owner = connect(database.user())) {
      owner.createStatement().execute("create table alerts.later (id int)");
    }

    try (Connection connection = connect(reader.user())) {
      assertThat(connection.createStatement().execute("select * from alerts.later")).isTrue();
    }
  }

  @Test
  void anOperatorsOwnReaderIsTakenAsItIs() {
    DatabaseSettings reader =
        ReaderRole.ensure(
            Env.of(Map.of("PATROL_READER_USER", "auditor", "PATROL_READER_PASSWORD", "s3cret")),
            as(database.user()));

    assertThat(reader.user()).isEqualTo("auditor");
    assertThat(reader.password()).isEqualTo(new Secret("s3cret"));
  }

  @Test
  void whereItMayNotBeMadeTheStatementsForADbaAreSaid() {
    assertThatThrownBy(() -> ReaderRole.ensure(Env.of(Map.of()), as("nobody")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("PATROL_READER_USER")
        .hasMessageContaining("create role patrol_reader login")
        .hasMessageContaining("grant select on all tables in schema byoc to patrol_reader");
  }

  private static DatabaseSettings as(String user) {
    return new DatabaseSettings(database.jdbcUrl(), user, Secret.none());
  }

  private static Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), user, "");
  }
}
