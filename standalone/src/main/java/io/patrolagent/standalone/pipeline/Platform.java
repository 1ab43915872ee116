package io.patrolagent.standalone.pipeline;

import io.patrolagent.common.config.Setting;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.standalone.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the stages stand on where an operator has named none: an embedded broker, and, unless a
 * database is configured, an embedded PostgreSQL with the demo fleet.
 */
public final class Platform implements AutoCloseable {

  private static final String GROUND_TRUTH = "ground-truth.json";

  private final EmbeddedKafka kafka;
  private final @Nullable EmbeddedDatabase database;

  private Platform(EmbeddedKafka kafka, @Nullable EmbeddedDatabase database) {
    this.kafka = kafka;
    this.database = database;
  }

  /** Ports (0 takes any free one), and where data is kept; null keeps none. */
  public record Options(
      int kafkaPort, int postgresPort, @Nullable Path dataDirectory, FleetOptions fleet) {}

  /** Starts what the variables do not name, broker and database side by side. */
  public static Platform start(Map<String, String> variables, Options options, Progress progress)
      throws Exception {
    boolean ownDatabase = variables.containsKey(Setting.DATABASE_URL.variable());
    progress.phase(ownDatabase ? "starting Kafka" : "starting Kafka and PostgreSQL");
    CompletableFuture<EmbeddedKafka> kafka =
        CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(kafkaOptions(options)));
    EmbeddedDatabase database = null;
    try {
      if (!ownDatabase) {
        database = EmbeddedDatabase.start(databaseOptions(options));
        load(database, options, progress);
      }
      return new Platform(kafka.get(), database);
    } catch (Exception e) {
      kafka.thenAccept(EmbeddedKafka::close).exceptionally(unstarted -> null).join();
      if (database != null) {
        database.close();
      }
      throw e instanceof ExecutionException && e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void load(EmbeddedDatabase database, Options options, Progress progress)
      throws Exception {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      if (ReferenceSchema.exists(connection)) {
        return; // a kept directory keeps its fleet
      }
      FleetOptions fleet = options.fleet();
      progress.phase("loading a demo fleet of %,d clusters".formatted(fleet.clusters()));
      ReferenceSchema.create(connection);
      var loaded = new DemoFleet(fleet).load(connection);
      if (options.dataDirectory() != null) {
        Path truth = options.dataDirectory().resolve(GROUND_TRUTH);
        Files.createDirectories(options.dataDirectory());
        loaded.groundTruth().writeTo(truth);
      }
    }
  }

  private static EmbeddedKafka.Options kafkaOptions(Options options) {
    EmbeddedKafka.Options kafka = EmbeddedKafka.Options.defaults().withPort(options.kafkaPort());
    Path data = options.dataDirectory();
    return data == null ? kafka : kafka.withDataDirectory(data.resolve("kafka"));
  }

  private static EmbeddedDatabase.Options databaseOptions(Options options) {
    EmbeddedDatabase.Options database =
        EmbeddedDatabase.Options.defaults().withPort(options.postgresPort());
    Path data = options.dataDirectory();
    return data == null ? database : database.withDataDirectory(data.resolve("postgres"));
  }

  /** The variables with what was started in the place of what was not set. */
  public Map<String, String> variables(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put(Setting.KAFKA_BOOTSTRAP_SERVERS.variable(), kafka.bootstrapServers());
    all.putIfAbsent(Setting.TOPIC_PARTITIONS.variable(), "1"); // one instance, one patrol at a time
    if (database != null) {
      all.put(Setting.DATABASE_URL.variable(), database.jdbcUrl());
      all.put(Setting.DATABASE_USER.variable(), database.user());
      all.remove(Setting.DATABASE_PASSWORD.variable());
    }
    return all;
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The embedded database's address, or empty where an operator's is used. */
  public String jdbcUrl() {
    return database == null ? "" : database.jdbcUrl() + "?user=" + database.user();
  }

  @Override
  public void close() {
    Thread closing = new Thread(kafka::close, "close-kafka");
    closing.start();
    if (database != null) {
      database.close();
    }
    try {
      closing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
