package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumer groups whose members come and go while they work, and one that works for long. */
class MembershipFaultsIT extends FaultKit {

  private static final int PARTITIONS = 6;

  /** {@code PATROL_AGENT_CONCURRENCY}'s default: model calls that die with a runner. */
  private static final int CONCURRENCY = 4;

  /** Session timeout 6 s, the broker's abort of open transactions 11 s, and the work itself. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(8);

  @Test
  void aStormOfMembersLosesNothingAndEveryPartitionGoesOn() throws Exception {
    pipeline.with("PATROL_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    pipeline.model().think(Duration.ofMillis(300));
    pipeline.startAll();
    List<ServiceProcess> before = List.copyOf(pipeline.services());

    for (ServiceProcess joining : newMembers()) {
      askOnEachPartition();
      Pipeline.awaitReady(joining);
    }
    assertThat(pipeline.repeatedCalls()).as("calls repeated by members that share").isZero();
    for (ServiceProcess dying : before) {
      kill(dying);
      askOnEachPartition();
    }
    for (ServiceProcess joining : newMembers()) {
      await().atMost(BOUND).until(() -> joining.hasLogged(" is assigned "));
      kill(joining);
      askOnEachPartition();
    }

    pipeline.recovers("members of every stage come and go", BOUND);
    assertThat(pipeline.repeatedCalls())
        .as("calls repeated after two killed runners")
        .isLessThanOrEqualTo(2 * CONCURRENCY);
    pipeline.ledger().awaitEnded(askOnEachPartition(), Pipeline.UNDISTURBED);
    pipeline.verify();
  }

  @ParameterizedTest
  @ValueSource(strings = {"consumer", "classic"})
  void aPatrolWhosePartitionIsTakenOverGoesOnElsewhereAfterItsModelCall(String protocol)
      throws Exception {
    pipeline.with("PATROL_GROUP_PROTOCOL", protocol);
    pipeline.with("PATROL_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    pipeline.with("PATROL_AGENT_CONCURRENCY", Integer.toString(PARTITIONS));
    pipeline.startAll();
    ServiceProcess first = pipeline.service("agent-runner");
    List<Hold> holds =
        Stream.generate(() -> pipeline.model().holdNext(1)).limit(PARTITIONS).toList();
    List<PatrolId> patrols = askOnEachPartition();
    for (Hold hold : holds) {
      hold.awaitReached();
    }

    ServiceProcess second = pipeline.launch("agent-runner", List.of());
    await()
        .atMost(BOUND)
        .until(() -> logs(first, " gives back ", pipeline.topics().snapshotTakenOnDemand()));
    holds.forEach(Hold::release);

    pipeline.recovers("partitions taken over during model calls, protocol " + protocol, BOUND);
    assertThat(patrols)
        .allSatisfy(patrol -> assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3));
    assertThat(patrols.stream().filter(patrol -> logs(second, patrol + " is run by")))
        .as("patrols that went on at the new member")
        .hasSize(PARTITIONS / 2);
  }

  @Test
  void aModelCallLongerThanThePollIntervalCostsNoMembershipAndIsNotRepeated() throws Exception {
    pipeline.with("PATROL_KAFKA_MAX_POLL_INTERVAL_MS", Long.toString(MAX_POLL_INTERVAL.toMillis()));
    pipeline.startAll();
    ServiceProcess runner = pipeline.service("agent-runner");
    Hold hold = pipeline.model().holdNext(2);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();
    Set<String> members = membersOfTheLane();

    await()
        .during(MAX_POLL_INTERVAL.plusSeconds(2))
        .atMost(MAX_POLL_INTERVAL.plusSeconds(20))
        .until(() -> membersOfTheLane().equals(members));
    hold.release();

    pipeline.recovers("a model call longer than the poll interval", Pipeline.UNDISTURBED);
    assertThat(members).hasSize(1);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
    assertThat(runner.log()).noneMatch(line -> line.contains(" has lost "));
  }

  private static boolean logs(ServiceProcess service, String... texts) {
    return service.log().stream().anyMatch(line -> Stream.of(texts).allMatch(line::contains));
  }

  /** Who owns the lane's only partition; nobody else counts. */
  private Set<String> membersOfTheLane() throws Exception {
    String group = pipeline.topics().group("agent-runner.on-demand");
    TopicPartition lane = new TopicPartition(pipeline.topics().snapshotTakenOnDemand(), 0);
    return pipeline
        .ledger()
        .admin()
        .describeConsumerGroups(List.of(group))
        .describedGroups()
        .get(group)
        .get()
        .members()
        .stream()
        .filter(member -> member.assignment().topicPartitions().contains(lane))
        .map(MemberDescription::consumerId)
        .collect(Collectors.toSet());
  }

  private List<ServiceProcess> newMembers() throws Exception {
    List<ServiceProcess> joining = new ArrayList<>();
    for (String stage : Pipeline.STAGES) {
      joining.add(pipeline.launch(stage, List.of()));
    }
    return joining;
  }

  private List<PatrolId> askOnEachPartition() throws Exception {
    List<PatrolId> patrols = Partitions.oneOnEach(PARTITIONS);
    for (PatrolId patrol : patrols) {
      pipeline.trigger(patrol, ReportType.ON_DEMAND);
    }
    return patrols;
  }

  /** Each patrol that is not over may lose a model call with a runner. */
  private void kill(ServiceProcess service) throws Exception {
    service.kill();
    if (service.module().equals("agent-runner")) {
      Set<PatrolId> over = pipeline.ledger().rows(pipeline.patrols()).keySet();
      pipeline.patrols().stream()
          .filter(patrol -> !over.contains(patrol))
          .forEach(pipeline::interrupted);
    }
  }
}
