package io.patrolagent.common.stage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far behind a stage is: for each input topic the offsets between what is done and the end, of
 * the partitions owned here. 0 where nothing is left to do; as everywhere in Kafka, transaction
 * markers count as offsets.
 *
 * <p>The ends are asked for, since a consumer does not fetch from a paused partition and so knows
 * of nothing that came while a record is worked on. Not a number while the broker does not answer.
 */
final class StageLag implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageLag.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final StageOptions options;
  private final Positions positions;
  private final Admin admin;
  private final Map<String, Double> byTopic = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock;

  StageLag(StageOptions options, Positions positions, Admin admin, MeterRegistry meters) {
    this.options = options;
    this.positions = positions;
    this.admin = admin;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, options.stage() + "-lag");
              thread.setDaemon(true);
              return thread;
            });
    for (String topic : options.inputTopics()) {
      Gauge.builder("patrol.stage.lag", byTopic, lag -> lag.getOrDefault(topic, 0.0))
          .baseUnit("records")
          .description("offsets that are not done, of the partitions owned here")
          .tags(Tags.of("stage", options.stage(), "group", options.group(), "topic", topic))
          .register(meters);
    }
  }

  /** Looks at once, and then again and again until it is closed. */
  void start() {
    var unused =
        clock.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    Map<String, Double> lag = new HashMap<>();
    options.inputTopics().forEach(topic -> lag.put(topic, 0.0));
    try {
      Map<TopicPartition, Long> done = positions.latest(); // before the ends, so that none is below
      if (!done.isEmpty()) {
        Map<TopicPartition, Long> ends = ends(done);
        done.forEach(
            (at, offset) ->
                lag.merge(at.topic(), behind(ends.getOrDefault(at, offset), offset), Double::sum));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.debug("{} does not know how far behind it is", options.stage(), e);
      lag.replaceAll((topic, unknown) -> Double.NaN);
    }
    byTopic.putAll(lag);
  }

  private Map<TopicPartition, Long> ends(Map<TopicPartition, Long> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    var offsets =
        admin
            .listOffsets(
                asked.keySet().stream()
                    .collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private static double behind(long end, long done) {
    return Math.max(0, end - done);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
