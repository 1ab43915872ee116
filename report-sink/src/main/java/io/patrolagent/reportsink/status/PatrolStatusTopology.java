package io.patrolagent.reportsink.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.event.Topics;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * Every topic of the pipeline into {@code patrol.status}.
 *
 * <p>Two parts: triggers go to a topic of the view's own, keyed by patrol; that one and all others,
 * which are keyed so already and have equally many partitions, share a task and its store per
 * partition. The store is in memory with a changelog behind it.
 */
final class PatrolStatusTopology implements Supplier<Topology> {

  private final Topics topics;
  private final String requestedTopicId;
  private final SkippedRecords skipped;
  private final OverdueCount overdue;

  /**
   * @param requestedTopicId Kafka's id of {@code patrol.requested}, which derived patrol ids need
   */
  PatrolStatusTopology(Topics topics, String requestedTopicId, MeterRegistry meters) {
    this.topics = topics;
    this.requestedTopicId = requestedTopicId;
    this.skipped = new SkippedRecords(meters);
    this.overdue = new OverdueCount(meters);
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    rekeyTriggers(topology);
    foldPatrols(topology);
    return topology;
  }

  private void rekeyTriggers(Topology topology) {
    topology
        .addSource("triggers", bytes(), bytes(), topics.requested())
        .addProcessor("rekey", () -> new RekeyTriggers(requestedTopicId, skipped), "triggers")
        .addSink("rekeyed", topics.statusRequested(), toBytes(), toBytes(), "rekey");
  }

  private void foldPatrols(Topology topology) {
    Observations observations = new Observations(topics);
    StatusRecords records = new StatusRecords(topics);
    topology
        .addSource("patrols", bytes(), bytes(), observations.topics().toArray(String[]::new))
        .addProcessor(
            "fold", () -> new FoldPatrols(observations, records, skipped, overdue), "patrols")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(FoldPatrols.STORE),
                    Serdes.String(),
                    new FactsSerde())
                .withCachingDisabled(),
            "fold")
        .addSink("statuses", topics.status(), toBytes(), toBytes(), "fold");
  }

  private static ByteArrayDeserializer bytes() {
    return new ByteArrayDeserializer();
  }

  private static ByteArraySerializer toBytes() {
    return new ByteArraySerializer();
  }
}
