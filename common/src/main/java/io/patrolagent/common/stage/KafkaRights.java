package io.patrolagent.common.stage;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;

import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each {@link Party} must be allowed on the broker, and no more: the one list from which
 * {@code ./patrol topics} prints access control lists, {@code ./patrol check} asks for rights, and
 * a service knows which topics are its own. A test runs the pipeline on a broker that enforces it.
 *
 * <p>No right on the cluster is among them: brokers of 2.8 and later ask nobody for IdempotentWrite
 * who may write a topic, and topics are created with Create on the topic itself.
 */
public final class KafkaRights {

  private final Topics topics;
  private final TopicSettings.Topics mode;

  private KafkaRights(TopicSettings settings) {
    this.topics = new Topics(settings.prefix());
    this.mode = settings.topics();
  }

  /** Those that an installation with these settings needs, by party. */
  public static List<KafkaRight> of(TopicSettings settings) {
    KafkaRights rights = new KafkaRights(settings);
    return Arrays.stream(Party.values()).flatMap(party -> rights.of(party).stream()).toList();
  }

  /** Those of one party. */
  public static List<KafkaRight> of(TopicSettings settings, Party party) {
    return new KafkaRights(settings).of(party);
  }

  /** The topics that a party reads or writes. */
  static Set<String> topicsOf(TopicSettings settings, Party party) {
    return of(settings, party).stream()
        .filter(right -> right.resource().resourceType() == ResourceType.TOPIC)
        .map(right -> right.resource().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<KafkaRight> of(Party party) {
    RightsDraft draft = new RightsDraft(party, topics, mode);
    return switch (party) {
      case AGGREGATOR -> aggregator(draft);
      case AGENT_RUNNER -> agentRunner(draft);
      case REPORT_SINK -> reportSink(draft);
      case SCHEDULER -> draft.writes("triggers", List.of(topics.requested())).rights();
      case REQUESTER -> requester(draft);
      case SUBSCRIBER -> subscriber(draft);
      case OPERATOR -> operator(draft);
    };
  }

  private List<KafkaRight> aggregator(RightsDraft draft) {
    return draft
        .stage("aggregator", topics.requested())
        .reads("cancellations", List.of(topics.cancelRequested()))
        .writes("snapshots", lanes())
        .writes("patrols that it gives up", List.of(topics.failed()))
        .rights();
  }

  private List<KafkaRight> agentRunner(RightsDraft draft) {
    return draft
        .stage("agent-runner", topics.snapshotTaken())
        .stage("agent-runner.on-demand", topics.snapshotTakenOnDemand())
        .reads("cancellations", List.of(topics.cancelRequested()))
        .reads("the journal, to take a partition over", journals())
        .writes("the journal", journals())
        .writes("what the agent wrote", List.of(topics.agentFinished()))
        .writes("patrols that it gives up", List.of(topics.failed()))
        .rights();
  }

  private List<KafkaRight> reportSink(RightsDraft draft) {
    return draft
        .stage("report-sink", topics.agentFinished(), topics.failed())
        .writes("reports", List.of(topics.reportFinished()))
        .writes("patrols that it gives up", List.of(topics.failed()))
        .reads("the status view", List.of(topics.requested(), topics.reportFinished()))
        .reads("the status view", lanes())
        .reads("the status view", journals())
        .reads("the status view", List.of(topics.statusRequested(), topics.statusChangelog()))
        .writes("the status view", List.of(topics.statusRequested(), topics.statusChangelog()))
        .writes("the status view", List.of(topics.status()))
        .group("status", "the status view")
        .rights();
  }

  private List<KafkaRight> requester(RightsDraft draft) {
    return draft
        .writes("triggers", List.of(topics.requested()))
        .writes("cancellations", List.of(topics.cancelRequested()))
        .reads("its patrols' progress", List.of(topics.status()))
        .reads("its patrols' ends", List.of(topics.reportFinished()))
        .rights();
  }

  private List<KafkaRight> subscriber(RightsDraft draft) {
    return draft
        .reads("reports", List.of(topics.reportFinished()))
        .groups(topics.prefix() + "subscriber.", "subscribers' groups, whose names begin so")
        .rights();
  }

  private List<KafkaRight> operator(RightsDraft draft) {
    List<String> all = topics.specifications().stream().map(topic -> topic.name()).toList();
    List<String> deadLetters = all.stream().filter(Topics::isDeadLetter).toList();
    List<String> consumed = all.stream().filter(t -> all.contains(Topics.deadLetter(t))).toList();
    return draft
        .may(EnumSet.of(DESCRIBE, DESCRIBE_CONFIGS), "check", all)
        .writes("run, trigger", List.of(topics.requested()))
        .writes("cancel", List.of(topics.cancelRequested()))
        .reads("run, status", List.of(topics.status()))
        .reads("run, follow", List.of(topics.reportFinished()))
        .reads("run, transcript", journals())
        .reads("dlt list, dlt replay", deadLetters)
        .reads("dlt list: what was replayed", consumed)
        .writes("dlt replay", consumed)
        .rights();
  }

  private List<String> lanes() {
    return List.of(topics.snapshotTaken(), topics.snapshotTakenOnDemand());
  }

  private List<String> journals() {
    return Stream.of(topics.snapshotTaken(), topics.snapshotTakenOnDemand())
        .map(topics::journal)
        .toList();
  }
}
