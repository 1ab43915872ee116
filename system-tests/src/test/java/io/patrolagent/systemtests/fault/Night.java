package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.KafkaProxy.Fate;
import io.patrolagent.systemtests.fault.NightPlan.Fault;
import io.patrolagent.systemtests.fault.NightPlan.Planned;
import io.patrolagent.systemtests.model.Reply;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings a plan's faults to a pipeline, one after the other, and mends what they broke. */
final class Night {

  private final Platform platform;
  private final Pipeline pipeline;
  private final Map<Fault, Integer> brought = new EnumMap<>(Fault.class);
  private int poison;

  Night(Platform platform, Pipeline pipeline) {
    this.platform = platform;
    this.pipeline = pipeline;
  }

  /** Returns when the last fault is mended; whatever is planned for a later time is waited for. */
  void bring(NightPlan plan) throws Exception {
    long begin = System.nanoTime();
    for (Planned planned : plan.faults()) {
      waitUntil(begin + planned.at().toNanos());
      System.out.printf(
          "%5d ms: %s for %d ms%n",
          (System.nanoTime() - begin) / 1_000_000, planned.fault(), planned.lasts().toMillis());
      pipeline.interruptedAllThatRun();
      bring(planned);
      pipeline.interruptedAllThatRun();
      brought.merge(planned.fault(), 1, Integer::sum);
    }
    platform.proxy().thaw();
    pipeline.model().behave();
  }

  /** How often each fault was brought. */
  Map<Fault, Integer> brought() {
    return brought;
  }

  /** Records that no decoder reads. */
  int poison() {
    return poison;
  }

  private void bring(Planned planned) throws Exception {
    switch (planned.fault()) {
      case KILL_SERVICE -> {
        ServiceProcess victim = service(planned);
        victim.kill();
        wait(planned);
        pipeline.launch(victim.module());
      }
      case FREEZE_SERVICE -> {
        ServiceProcess victim = service(planned);
        victim.stop();
        wait(planned);
        victim.cont();
      }
      case RESTART_SERVICE -> {
        ServiceProcess victim = service(planned);
        victim.terminate();
        pipeline.launch(victim.module());
      }
      case KILL_BROKER -> {
        platform.broker().kill();
        wait(planned);
        platform.broker().restart();
      }
      case FREEZE_BROKER -> {
        platform.broker().stop();
        wait(planned);
        platform.broker().cont();
      }
      case KILL_DATABASE -> {
        platform.database().kill();
        wait(planned);
        platform.database().restart();
      }
      case FREEZE_DATABASE -> {
        platform.database().stop();
        wait(planned);
        platform.database().cont();
      }
      case CUT_CONNECTIONS -> platform.proxy().cut();
      case LOSE_A_COMMIT ->
          platform.proxy().once(Fate.LOSE_REQUEST, Requests.endTxnOf(stage(planned)));
      case LOSE_A_COMMITS_ANSWER ->
          platform.proxy().once(Fate.LOSE_ANSWER, Requests.endTxnOf(stage(planned)));
      case SLOW_NETWORK -> {
        platform.proxy().delay(Duration.ofMillis(100));
        wait(planned);
        platform.proxy().delay(Duration.ZERO);
      }
      case MODEL_ERRORS ->
          pipeline
              .model()
              .replyNext(
                  call -> true, Reply.error(500, "server_error"), Reply.error(429, "rate_limit"));
      case MODEL_BREAKS_OFF -> pipeline.model().replyNext(call -> true, Reply.brokenOff());
      case SAME_TRIGGER_AGAIN -> {
        List<PatrolId> asked = List.copyOf(pipeline.patrols());
        if (!asked.isEmpty()) {
          pipeline.triggerAgain(asked.get(planned.choice() % asked.size()));
        }
      }
      case POISON -> sendPoison();
    }
  }

  private ServiceProcess service(Planned planned) {
    List<ServiceProcess> alive = new ArrayList<>(pipeline.services());
    alive.removeIf(service -> !service.isAlive());
    return alive.get(planned.choice() % alive.size());
  }

  private static String stage(Planned planned) {
    return Pipeline.STAGES.get(planned.choice() % Pipeline.STAGES.size());
  }

  private void sendPoison() throws Exception {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", platform.bootstrapServers());
    config.put("client.id", "observer");
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(pipeline.topics().requested(), "no trigger".getBytes(UTF_8)))
          .get();
      poison++;
    }
  }

  private static void wait(Planned planned) throws InterruptedException {
    waitUntil(System.nanoTime() + planned.lasts().toNanos());
  }

  /** A plan's times are what makes it the same night again: nothing is awaited here but them. */
  private static void waitUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }
}
