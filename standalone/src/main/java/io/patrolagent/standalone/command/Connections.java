package io.patrolagent.standalone.command;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where commands that only ask connect to: what is configured, or a pipeline that is up here. */
final class Connections {

  private Connections() {}

  /** Where Kafka is, and how its topics are called. */
  record Kafka(KafkaSettings settings, Topics topics) {}

  static PatrolClient client(Terminal terminal) {
    Kafka kafka = kafka(terminal);
    return new PatrolClient(kafka.settings(), kafka.topics());
  }

  static Kafka kafka(Terminal terminal) {
    Map<String, String> variables = new HashMap<>(terminal.variables());
    variables.putIfAbsent(
        Setting.KAFKA_BOOTSTRAP_SERVERS.variable(), "127.0.0.1:" + UpCommand.KAFKA_PORT);
    Env env = Env.of(variables);
    KafkaSettings kafka = KafkaSettings.from(env);
    TopicSettings topics = TopicSettings.from(env);
    env.verify();
    return new Kafka(kafka, new Topics(topics.prefix()));
  }

  /** A read-only pool of one connection. */
  static Database database(Terminal terminal) throws Exception {
    Map<String, String> variables = new HashMap<>(terminal.variables());
    if (!terminal.isSet(Setting.DATABASE_URL)) {
      variables.put(
          Setting.DATABASE_URL.variable(),
          "jdbc:postgresql://127.0.0.1:" + UpCommand.POSTGRES_PORT + "/postgres");
      variables.put(Setting.DATABASE_USER.variable(), "postgres");
    }
    Env env = Env.of(variables);
    DatabaseSettings settings = DatabaseSettings.from(env);
    env.verify();
    Database database =
        Database.open(settings, DatabaseOptions.of("patrol").readOnlyPool().poolSize(1))
            .requireTables(List.of("alerts.patrol_reports"));
    try {
      database.check();
      return database;
    } catch (Exception e) {
      database.close();
      throw new NotFoundException(
          "no reports at %s: %s; set PATROL_DATABASE_URL, or start 'patrol up'"
              .formatted(settings.url(), e.getMessage()));
    }
  }
}
