package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.patrol.PatrolId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Which of its topics' partitions a patrol is on, by its id, which is its records' key. */
final class Partitions {

  private Partitions() {}

  /** A new patrol's id that is on that partition of so many. */
  static PatrolId idOn(int partition, int partitions) {
    return Stream.generate(PatrolId::random)
        .filter(id -> of(id, partitions) == partition)
        .findFirst()
        .orElseThrow();
  }

  /** New patrols' ids, one on each partition. */
  static List<PatrolId> oneOnEach(int partitions) {
    return IntStream.range(0, partitions).mapToObj(each -> idOn(each, partitions)).toList();
  }

  static int of(PatrolId patrol, int partitions) {
    return BuiltInPartitioner.partitionForKey(patrol.toString().getBytes(UTF_8), partitions);
  }
}
