package io.patrolagent.systemtests;

import static org.awaitility.Awaitility.await;

import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.junit.jupiter.api.Test;

/**
 * What each service takes: seconds from its start until it is ready, resident memory then and after
 * some patrols of a demo fleet, and the smallest heap with which these patrols still complete. Not
 * part of the build; CONTRIBUTING says how to run it.
 */
class ServiceFootprintBenchmark {

  /** The image's own options, in a container of 512 MiB and one CPU. */
  private static final List<String> AS_IN_ITS_CONTAINER =
      List.of(
          "-XX:MaxRAM=512m",
          "-XX:ActiveProcessorCount=1",
          "-XX:MaxRAMPercentage=70",
          "-XX:+ExitOnOutOfMemoryError");

  private static final List<Integer> HEAPS_MB = List.of(16, 24, 32, 48, 64, 96, 128, 192);
  private static final int PATROLS = 20;
  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final Duration TO_PATROL = Duration.ofMinutes(5);

  /**
   * Each with its role of the database, in the order in which they are started: the report-sink
   * makes the table that others read.
   */
  private static final Map<String, String> ROLES = roles();

  private int batches;
  private EmbeddedKafka kafka;
  private EmbeddedDatabase database;
  private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();

  @Test
  void seconds_until_ready_resident_memory_and_smallest_heap() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start();
        EmbeddedDatabase server = EmbeddedDatabase.start()) {
      kafka = broker;
      database = server;
      loadFleet();
      measureAsInItsContainer();
      for (String service : ROLES.keySet()) {
        System.out.printf("%s: the smallest heap is %s%n", service, smallestHeap(service));
      }
    } finally {
      processes.values().forEach(ServiceProcess::close);
    }
  }

  private void measureAsInItsContainer() throws Exception {
    Map<String, Double> seconds = new LinkedHashMap<>();
    Map<String, Long> idle = new LinkedHashMap<>();
    for (String service : ROLES.keySet()) {
      long begin = System.nanoTime();
      start(service, AS_IN_ITS_CONTAINER);
      if (!becomesReady(service)) {
        throw new IllegalStateException(service + " does not get ready:\n" + log(service));
      }
      seconds.put(service, (System.nanoTime() - begin) / 1e9);
      idle.put(service, memory(service, "VmRSS"));
    }
    if (!patrolsComplete()) {
      throw new IllegalStateException("the patrols do not complete");
    }
    for (String service : ROLES.keySet()) {
      System.out.printf(
          Locale.ROOT,
          "%s: ready after %.1f s; resident %d MB then, %d MB after %d patrols, %d MB at most%n",
          service,
          seconds.get(service),
          idle.get(service),
          memory(service, "VmRSS"),
          PATROLS,
          memory(service, "VmHWM"));
    }
  }

  /** With the others as they are. */
  private String smallestHeap(String service) throws Exception {
    for (int heap : HEAPS_MB) {
      start(
          service, List.of("-XX:+UseSerialGC", "-Xmx" + heap + "m", "-XX:+ExitOnOutOfMemoryError"));
      if (becomesReady(service) && patrolsComplete()) {
        String found = heap + " MB, resident " + memory(service, "VmRSS") + " MB";
        start(service, AS_IN_ITS_CONTAINER);
        becomesReady(service);
        return found;
      }
      System.out.printf("%s does not do with %d MB%n", service, heap);
    }
    return "above " + HEAPS_MB.get(HEAPS_MB.size() - 1) + " MB";
  }

  private void start(String service, List<String> options) throws Exception {
    ServiceProcess before = processes.get(service);
    if (before != null && !before.terminate()) {
      before.kill();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    variables.put("PATROL_TOPIC_PARTITIONS", "3");
    if (!ROLES.get(service).isEmpty()) {
      variables.put("PATROL_DATABASE_URL", database.jdbcUrl());
      variables.put("PATROL_DATABASE_USER", ROLES.get(service));
    }
    processes.put(service, ServiceProcess.start(service, options, variables));
  }

  private boolean becomesReady(String service) {
    ServiceProcess process = processes.get(service);
    return within(TO_START, () -> ready(process));
  }

  private static boolean ready(ServiceProcess process) {
    try {
      return process.isReady();
    } catch (Exception notYet) {
      return false;
    }
  }

  /** Triggers as many patrols, each with a focus of its own, and waits for their rows. */
  private boolean patrolsComplete() throws Exception {
    String batch = "batch " + ++batches; // what an attempt before left over is not this one's
    Properties config = new Properties();
    config.put("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < PATROLS; i++) {
        String trigger =
            "{\"report_type\":\"on_demand\",\"triggered_by\":\"%s\",\"focus\":\"%s, %d\"}"
                .formatted(batch, batch, i);
        producer.send(new ProducerRecord<>("patrol.requested", trigger)).get();
      }
    }
    return within(TO_PATROL, () -> completed(batch) == PATROLS);
  }

  /** False where the time is over or a process died before. */
  private boolean within(Duration time, Callable<Boolean> reached) {
    try {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(time)
          .failFast(this::anyDied)
          .until(reached);
      return true;
    } catch (ConditionTimeoutException | TerminalFailureException not) {
      return false;
    }
  }

  private boolean anyDied() {
    return !processes.values().stream().allMatch(ServiceProcess::isAlive);
  }

  private String log(String service) {
    return String.join("\n", processes.get(service).log());
  }

  /** Megabytes, as the kernel counts them. */
  private long memory(String service, String field) throws Exception {
    Path status = Path.of("/proc", Long.toString(processes.get(service).pid()), "status");
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith(field + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  private long completed(String batch) {
    try (Connection connection = connect();
        ResultSet count =
            connection
                .createStatement()
                .executeQuery(
                    "select count(*) from alerts.patrol_reports where status = 'completed'"
                        + " and triggered_by = '"
                        + batch
                        + "'")) {
      count.next();
      return count.getLong(1);
    } catch (SQLException noTableYet) {
      return 0;
    }
  }

  private void loadFleet() throws Exception {
    try (Connection connection = connect()) {
      ReferenceSchema.create(connection);
      new DemoFleet(FleetOptions.defaults(Instant.now())).load(connection);
      connection
          .createStatement()
          .execute(
              """
              create role patrol_reader login;
              grant usage on schema byoc, alerts, knowledge to patrol_reader;
              grant select on all tables in schema byoc, alerts, knowledge to patrol_reader;
              alter default privileges in schema alerts grant select on tables to patrol_reader;
              """);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static Map<String, String> roles() {
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("report-sink", "postgres");
    roles.put("aggregator", "patrol_reader");
    roles.put("agent-runner", "patrol_reader");
    roles.put("scheduler", "");
    return roles;
  }
}
