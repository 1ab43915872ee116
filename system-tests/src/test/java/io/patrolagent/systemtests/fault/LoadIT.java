package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scheduled triggers that all come at once. As many as a build has time for; {@code
 * -Dpatrol.faults.triggers=5000} for more, by hand. Each is answered by the stub model at once, in
 * three calls and two rounds of tools.
 */
@Timeout(1800)
class LoadIT extends FaultKit {

  private static final int TRIGGERS = Integer.getInteger("patrol.faults.triggers", 1000);
  private static final int PARTITIONS = 6;

  /** Pools, caches and compiled code are as large as they get. */
  private static final int WARM = TRIGGERS / 5;

  /** Five a second, which a machine that does other things too has to reach. */
  private static final Duration BOUND = Duration.ofSeconds(60 + TRIGGERS / 5);

  /**
   * What a service keeps of a patrol that has ended is a line, and at the end none is under way.
   */
  private static final double GROWTH = 1.1;

  private static final Path FIGURES = Path.of("target", "faults-load.csv");

  @Test
  void triggersThatComeAtOnceDrainWithoutLossOrDuplicateOrGrowingMemory() throws Exception {
    pipeline.with("PATROL_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    pipeline.with("PATROL_LLM_PROVIDERS", System.getProperty("patrol.faults.providers", "openai"));
    pipeline.startAll();
    pipeline.startAll();
    List<PatrolId> patrols = Stream.generate(PatrolId::random).limit(TRIGGERS).toList();

    long begin = System.nanoTime();
    pipeline.triggerAtOnce(ReportType.MORNING, patrols);
    awaitEnded(WARM);
    List<Long> atStart = heaps();
    awaitEnded(TRIGGERS / 2);
    List<Long> inTheMiddle = heaps();
    awaitEnded(TRIGGERS);
    Duration drained = Duration.ofNanos(System.nanoTime() - begin);
    List<Long> atTheEnd = heaps();

    pipeline.recovers(TRIGGERS + " triggers at once", Pipeline.UNDISTURBED);
    pipeline.services().forEach(ServiceProcess::close);
    Duration floor =
        new BareHops(platform.bootstrapServers(), pipeline.topics().prefix(), PARTITIONS)
            .drain(TRIGGERS);
    record(drained, floor, atStart, inTheMiddle, atTheEnd);
    for (int i = 0; i < atTheEnd.size(); i++) {
      assertThat((double) atTheEnd.get(i))
          .as("heap of %s at the end", pipeline.services().get(i).module())
          .isPositive()
          .isLessThanOrEqualTo(GROWTH * inTheMiddle.get(i));
    }
  }

  private void awaitEnded(int count) {
    await()
        .alias(count + " patrols have ended")
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> pipeline.ledger().ended() >= count);
  }

  /** Of every service, after a collection. */
  private List<Long> heaps() throws Exception {
    return pipeline.services().stream().map(LoadIT::heap).toList();
  }

  private static long heap(ServiceProcess service) {
    try {
      return service.heapAfterCollection();
    } catch (Exception e) {
      throw new IllegalStateException("the heap of " + service.module() + " is not known", e);
    }
  }

  private void record(
      Duration drained,
      Duration floor,
      List<Long> atStart,
      List<Long> inTheMiddle,
      List<Long> atTheEnd)
      throws Exception {
    StringBuilder lines = new StringBuilder();
    lines.append("triggers,drain_ms,per_second,bare_hops_ms,ratio\n");
    lines.append(
        String.format(
            Locale.ROOT,
            "%d,%d,%.1f,%d,%.1f%n",
            TRIGGERS,
            drained.toMillis(),
            TRIGGERS * 1e3 / drained.toMillis(),
            floor.toMillis(),
            (double) drained.toMillis() / floor.toMillis()));
    lines.append("service,heap_start,heap_middle,heap_end\n");
    for (int i = 0; i < atTheEnd.size(); i++) {
      lines.append(
          "%s,%d,%d,%d%n"
              .formatted(
                  pipeline.services().get(i).module(),
                  atStart.get(i),
                  inTheMiddle.get(i),
                  atTheEnd.get(i)));
    }
    System.out.print(lines);
    Files.createDirectories(FIGURES.getParent());
    Files.writeString(
        FIGURES, lines, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
