package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.KafkaProxy.Fate;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.model.StubModel;
import io.patrolagent.systemtests.process.ServiceProcess;
import io.patrolagent.systemtests.process.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Networks that are slow, lossy or half-open: patrols end within a bound, and end once. */
class NetworkFaultsIT extends FaultKit {

  /**
   * A commit counts as unknown after 15 s, requests and statements as lost after the times below;
   * then the session (6 s), the transaction (10 s) and a wait of at most 10 s may have to end.
   */
  private static final Duration BOUND = Duration.ofSeconds(75);

  /** A service's own is 60 s and more; a statement of these tests takes milliseconds. */
  private static final String STATEMENTS_COUNT_AS_LOST_AFTER_5_S = "?socketTimeout=5";

  /** By default 30,000. */
  private static final String REQUESTS_COUNT_AS_LOST_AFTER = "5000";

  /** Cuts of all connections, and the most that lies between two. */
  private static final int CUTS = 12;

  private static final int MOST_MILLIS_BETWEEN_CUTS = 700;

  @Test
  void aSlowNetworkDelaysAndChangesNothing() throws Exception {
    Duration each = Duration.ofMillis(200);
    try (TcpProxy database = TcpProxy.to(platform.database().port());
        TcpProxy provider = TcpProxy.to(pipeline.model().port())) {
      pipeline.with("PATROL_DATABASE_URL", platform.jdbcUrl(database.port()));
      pipeline.with("OPENAI_BASE_URL", "http://127.0.0.1:" + provider.port() + "/v1");
      pipeline.startAll();

      platform.proxy().delay(each);
      database.delay(each);
      provider.delay(each);
      PatrolId patrol = pipeline.trigger();
      pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
      assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
      assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);

      platform.proxy().delay(Duration.ZERO);
      database.heal();
      provider.heal();
      pipeline.recovers("network slow everywhere", BOUND);
    } finally {
      platform.proxy().delay(Duration.ZERO);
    }
  }

  @Test
  void aLossyNetworkLosesAndRepeatsNothing() throws Exception {
    long seed = 20_261_128;
    Random random = new Random(seed);
    try (TcpProxy database = TcpProxy.to(platform.database().port());
        TcpProxy provider = TcpProxy.to(pipeline.model().port())) {
      pipeline.with("PATROL_DATABASE_URL", platform.jdbcUrl(database.port()));
      pipeline.with("OPENAI_BASE_URL", "http://127.0.0.1:" + provider.port() + "/v1");
      pipeline.startAll();

      for (int i = 0; i < CUTS; i++) {
        PatrolId patrol = pipeline.trigger();
        pipeline.interrupted(patrol); // a call whose answer is cut off is made again
        pipeline.interrupted(patrol);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS_BETWEEN_CUTS));
        platform.proxy().cut();
        database.cut();
        provider.cut();
      }

      pipeline.recovers("connections cut at random, seed " + seed, BOUND);
      assertThat(pipeline.ledger().statuses(pipeline.patrols())).containsOnly("completed");
    }
  }

  /** What a stage sends is lost, or what it is answered; neither it nor the broker is told. */
  @Test
  void aHalfOpenNetworkToTheBrokerIsNoticed() throws Exception {
    pipeline.with("PATROL_KAFKA_REQUEST_TIMEOUT_MS", REQUESTS_COUNT_AS_LOST_AFTER);
    pipeline.startAll();

    ServiceProcess runner = pipeline.service("agent-runner");
    halfOpen("agent-runner", Fate.LOSE_ANSWER, () -> runner.hasLogged(" is begun again: "));
    String sinks = pipeline.topics().group("report-sink");
    halfOpen("report-sink", Fate.LOSE_REQUEST, () -> hasNoMember(sinks));
  }

  private void halfOpen(String stage, Fate fate, Callable<Boolean> noticed) throws Exception {
    Hold report = pipeline.model().holdNext(3);
    PatrolId patrol = pipeline.trigger();
    report.awaitReached();
    platform.proxy().always(fate, request -> request.clientId().startsWith(stage));
    report.release();
    await().atMost(BOUND).until(noticed);
    platform.proxy().thaw();

    pipeline.interrupted(patrol);
    pipeline.recovers("network half-open from " + stage + " to the broker, " + fate, BOUND);
  }

  private boolean hasNoMember(String group) throws Exception {
    var described = pipeline.ledger().admin().describeConsumerGroups(List.of(group)).all().get();
    return described.get(group).members().isEmpty();
  }

  @Test
  void aHalfOpenNetworkToTheDatabaseIsNoticed() throws Exception {
    try (TcpProxy network = TcpProxy.to(platform.database().port())) {
      pipeline.with(
          "PATROL_DATABASE_URL",
          platform.jdbcUrl(network.port()) + STATEMENTS_COUNT_AS_LOST_AFTER_5_S);
      pipeline.startAll();
      Hold report = pipeline.model().holdNext(3);
      PatrolId patrol = pipeline.trigger();
      report.awaitReached();

      network.loseEverything();
      report.release();
      ServiceProcess sink = pipeline.service("report-sink");
      await().atMost(BOUND).until(() -> sink.hasLogged(" is tried again in "));
      assertThat(sink.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(pipeline.ledger().row(patrol)).isNull();
      network.heal();

      pipeline.recovers("network half-open between services and the database", BOUND);
      assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
      assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
    }
  }

  @Test
  void aHalfOpenNetworkToTheModelCostsOneCall() throws Exception {
    try (TcpProxy network = TcpProxy.to(pipeline.model().port())) {
      pipeline.with("OPENAI_BASE_URL", "http://127.0.0.1:" + network.port() + "/v1");
      pipeline.with("PATROL_LLM_TIMEOUT", "5s");
      pipeline.startAll();
      Hold second = pipeline.model().holdNext(2);
      PatrolId patrol = pipeline.trigger();
      second.awaitReached();

      network.loseEverything();
      second.release();
      ServiceProcess runner = pipeline.service("agent-runner");
      await().atMost(BOUND).until(() -> runner.hasLogged("openai failed (timeout)"));
      network.heal();

      pipeline.interrupted(patrol);
      pipeline.recovers("network half-open between agent-runner and the model", BOUND);
      assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
      assertThat(pipeline.calls(patrol)).hasSize(StubModel.ROUNDS + 1);
    }
  }
}
