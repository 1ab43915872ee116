package io.patrolagent.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.client.TopicTail;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Milliseconds from an on-demand trigger to its statuses as a subscriber sees them: alone, and with
 * 200 scheduled patrols queued before it. Not part of the build; CONTRIBUTING says how to run it.
 */
class StatusLatencyBenchmark {

  private static final int WARM_UP = 5;
  private static final int MEASURED = 15;
  private static final int QUEUED = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<State> SHOWN =
      List.of(State.REQUESTED, State.SNAPSHOT_TAKEN, State.RUNNING);

  /** When a patrol was first seen in a state or beyond it, by {@code System.nanoTime}. */
  private final Map<PatrolId, Map<State, Long>> seen = new ConcurrentHashMap<>();

  @Test
  void trigger_to_first_status_alone_and_behind_a_queue() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedDatabase database = EmbeddedDatabase.start()) {
      load(database);
      Map<String, String> variables = new HashMap<>();
      variables.put("PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
      variables.put("PATROL_DATABASE_URL", database.jdbcUrl());
      variables.put("PATROL_DATABASE_USER", database.user());
      Map<String, String> reading = new HashMap<>(variables);
      reading.put("PATROL_DATABASE_USER", "patrol_reader");
      try (ServiceProcess sink = ServiceProcess.start("report-sink", variables);
          ServiceProcess runner = ServiceProcess.start("agent-runner", reading);
          ServiceProcess aggregator = ServiceProcess.start("aggregator", variables);
          PatrolClient client = PatrolClient.connect(kafka.bootstrapServers());
          TopicTail tail = client.followStatuses(null, this::note)) {
        List<Map<State, Double>> alone = new ArrayList<>();
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
          Map<State, Double> millis = measure(client, State.FINISHED);
          if (i >= WARM_UP) {
            alone.add(millis);
          }
        }
        print("alone", alone);

        List<PatrolId> queued = new ArrayList<>();
        for (int i = 0; i < QUEUED; i++) {
          queued.add(client.trigger(ReportType.MORNING, "benchmark"));
        }
        List<Map<State, Double>> behind = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          behind.add(measure(client, State.RUNNING));
        }
        long open = queued.stream().filter(id -> !reached(id, State.FINISHED)).count();
        print(
            "behind %d queued (%d of them still open at the end)".formatted(QUEUED, open), behind);
      }
    }
  }

  private Map<State, Double> measure(PatrolClient client, State until) throws Exception {
    long begin = System.nanoTime();
    PatrolId patrol = client.trigger(PatrolRequested.of(ReportType.ON_DEMAND, "benchmark"));
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> reached(patrol, until));
    Map<State, Double> millis = new EnumMap<>(State.class);
    seen.get(patrol).forEach((state, at) -> millis.put(state, (at - begin) / 1e6));
    return millis;
  }

  private boolean reached(PatrolId patrol, State state) {
    Map<State, Long> states = seen.get(patrol);
    return states != null && states.containsKey(state);
  }

  private void note(PatrolStatus status) {
    long now = System.nanoTime();
    Map<State, Long> states =
        seen.computeIfAbsent(status.patrolId(), id -> new ConcurrentHashMap<>());
    for (State state : State.values()) {
      if (state.compareTo(status.state()) <= 0) {
        states.putIfAbsent(state, now);
      }
    }
  }

  private static void print(String what, List<Map<State, Double>> runs) throws Exception {
    for (State state : SHOWN) {
      List<Double> millis = new ArrayList<>(runs.stream().map(run -> run.get(state)).toList());
      Collections.sort(millis);
      System.out.printf(
          "on-demand trigger to status %s, %s: median %.0f ms, slowest %.0f ms of %d; load %s%n",
          state.wireName(),
          what,
          millis.get(millis.size() / 2),
          millis.get(millis.size() - 1),
          millis.size(),
          load());
    }
  }

  private static String load() throws Exception {
    Path loads = Path.of("/proc/loadavg");
    return Files.exists(loads) ? Files.readString(loads, UTF_8).split(" ")[0] : "unknown";
  }

  private static void load(EmbeddedDatabase database) throws Exception {
    try (var connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      ReferenceSchema.create(connection);
      new DemoFleet(FleetOptions.defaults(Instant.now())).load(connection);
      connection
          .createStatement()
          .execute(
              "create role patrol_reader login;"
                  + " grant usage on schema alerts to patrol_reader;"
                  + " alter default privileges in schema alerts"
                  + " grant select on tables to patrol_reader");
    }
  }
}
