package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CohortsTest {

  private final Cohorts cohorts = new Cohorts();

  @Test
  void aCohortWithMoreThanItsShareIsFoundWithItsFigures() {
    // 20 clusters, 6 of version 4 of which 4 have a problem, and 1 of the other 14
    add("4", 4, true, "DISK");
    add("4", 2, false);
    add("3", 1, true, "DISK");
    add("3", 13, false);

    ObjectNode only = single();

    assertThat(only.path("dimension").asText()).isEqualTo("version");
    assertThat(only.path("value").asText()).isEqualTo("4");
    assertThat(only.path("clusters").asInt()).isEqualTo(6);
    assertThat(only.path("with_problem").asInt()).isEqualTo(4);
    assertThat(only.path("share").asDouble()).isEqualTo(0.6667);
    assertThat(only.path("other_clusters").asInt()).isEqualTo(14);
    assertThat(only.path("other_with_problem").asInt()).isEqualTo(1);
    assertThat(only.path("other_share").asDouble()).isEqualTo(0.07143);
    assertThat(only.path("ratio").asDouble()).isEqualTo(9.333);
    assertThat(only.path("p_value").asDouble()).isEqualTo(0.01393); // 540 / 38760
    assertThat(only.path("code").isNull()).isTrue();
    assertThat(only.path("codes")).hasToString("[{\"code\":\"DISK\",\"clusters\":4}]");
  }

  @Test
  void aReasonCodeIsNamedWhereItIsTheStrongerOne() {
    // as many problems here as there, but those of one kind all here
    add("4", 5, true, "COMPACTION");
    add("4", 5, false);
    add("3", 5, true, "DISK");
    add("3", 5, false);

    List<ObjectNode> found = cohorts.strongest(9);

    assertThat(found)
        .extracting(cohort -> cohort.path("code").asText())
        .containsExactly("DISK", "COMPACTION");
    ObjectNode compaction = found.get(1);
    assertThat(compaction.path("value").asText()).isEqualTo("4");
    assertThat(compaction.path("with_problem").asInt()).isEqualTo(5);
    assertThat(compaction.path("ratio").isNull()).isTrue();
    assertThat(compaction.path("p_value").asDouble()).isEqualTo(0.01625); // 252 / 15504
    assertThat(cohorts.tests()).isEqualTo(4);
  }

  @Test
  void fewerThanThreeProblemsAreNoCohort() {
    add("4", 2, true, "DISK");
    add("3", 20, false);
    assertThat(cohorts.strongest(9)).isEmpty();

    add("4", 1, true, "DISK");
    assertThat(cohorts.strongest(9)).hasSize(1);
  }

  @Test
  void theSameShareAsElsewhereIsNoCohort() {
    add("4", 3, true);
    add("4", 3, false);
    add("3", 4, true);
    add("3", 4, false);

    assertThat(cohorts.strongest(9)).isEmpty();
  }

  @Test
  void aCohortThatIsTheWholeFleetIsNone() {
    add("4", 5, true, "DISK");

    assertThat(cohorts.strongest(9)).isEmpty();
  }

  @Test
  void theStrongestComeFirstAndTheRestIsLeft() {
    add("5", 6, true, "DISK");
    add("4", 4, true, "DISK");
    add("3", 40, false);

    assertThat(cohorts.strongest(9))
        .extracting(cohort -> cohort.path("value").asText())
        .containsExactly("5", "4");
    assertThat(cohorts.strongest(1)).hasSize(1);
  }

  private ObjectNode single() {
    List<ObjectNode> found = cohorts.strongest(9);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void add(String version, int clusters, boolean problem, String... codes) {
    for (int n = 0; n < clusters; n++) {
      cohorts.add(Map.of("version", version), problem, Set.of(codes));
    }
  }
}
