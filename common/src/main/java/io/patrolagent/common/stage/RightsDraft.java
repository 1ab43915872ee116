package io.patrolagent.common.stage;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** Collects what a party does; all that it does with one topic becomes one right. */
final class RightsDraft {

  private final Party party;
  private final Topics topics;
  private final TopicSettings.Topics mode;
  private final Map<String, EnumSet<AclOperation>> operations = new TreeMap<>();
  private final Map<String, Set<String>> reasons = new TreeMap<>();
  private final List<KafkaRight> others = new ArrayList<>();

  RightsDraft(Party party, Topics topics, TopicSettings.Topics mode) {
    this.party = party;
    this.topics = topics;
    this.mode = mode;
  }

  /** What the stage runtime needs: inputs, their dead letters, a group and its transactions. */
  RightsDraft stage(String stage, String... inputs) {
    for (String input : inputs) {
      reads("its input", List.of(input));
      writes("what it cannot read", List.of(Topics.deadLetter(input)));
    }
    others.add(
        KafkaRight.transactions(
            party, topics.group(stage) + "-", "transactions, one id for each partition"));
    return group(stage, "its group");
  }

  RightsDraft group(String stage, String why) {
    others.add(KafkaRight.group(party, topics.group(stage), PatternType.LITERAL, why));
    return this;
  }

  RightsDraft groups(String prefix, String why) {
    others.add(KafkaRight.group(party, prefix, PatternType.PREFIXED, why));
    return this;
  }

  RightsDraft reads(String why, Collection<String> names) {
    return may(EnumSet.of(READ), why, names);
  }

  RightsDraft writes(String why, Collection<String> names) {
    return may(EnumSet.of(WRITE), why, names);
  }

  RightsDraft may(EnumSet<AclOperation> allowed, String why, Collection<String> names) {
    for (String name : names) {
      operations.computeIfAbsent(name, t -> EnumSet.noneOf(AclOperation.class)).addAll(allowed);
      reasons.computeIfAbsent(name, t -> new LinkedHashSet<>()).add(why);
    }
    return this;
  }

  List<KafkaRight> rights() {
    Stream<KafkaRight> onTopics =
        operations.entrySet().stream()
            .map(
                entry ->
                    KafkaRight.topic(
                        party,
                        entry.getKey(),
                        preparing(entry.getValue()),
                        String.join("; ", Objects.requireNonNull(reasons.get(entry.getKey())))));
    return Stream.concat(onTopics, others.stream()).toList();
  }

  /** A service makes its topics or looks at them first; who only asks for patrols does neither. */
  private EnumSet<AclOperation> preparing(EnumSet<AclOperation> used) {
    EnumSet<AclOperation> all = EnumSet.copyOf(used);
    if (party.isService()) {
      all.add(mode == TopicSettings.Topics.CREATE ? CREATE : DESCRIBE_CONFIGS);
    }
    if (used.contains(READ) || used.contains(WRITE)) {
      all.remove(DESCRIBE); // derived from these
    }
    return all;
  }
}
