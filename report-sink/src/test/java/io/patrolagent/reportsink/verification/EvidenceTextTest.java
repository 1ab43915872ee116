package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTextTest {

  @Test
  void ofAnAnswerThatWasCutBothEndsAreRead() {
    List<JsonNode> read =
        EvidenceText.read(
            """
            {"rows":[{"cluster_id":"c-1","disk":90.7},{"cluster_id":"c-2","di …[12,345 characters cut; ask for less]… \
            7"},{"cluster_id":"c-9","disk":{"used":41}}],"omitted":0}""");

    assertThat(read.get(0).at("/rows/0/disk").asDouble()).isEqualTo(90.7);
    assertThat(read.get(read.size() - 1).at("/disk/used").asInt()).isEqualTo(41);
  }

  @Test
  void whatIsNoJsonIsKeptAsText() {
    assertThat(EvidenceText.read("disk 91 %").get(0).asText()).isEqualTo("disk 91 %");
  }

  @Test
  void whatBreaksOffIsReadUpToThere() {
    JsonNode read = EvidenceText.read("{\"a\": 1, \"b\": [2, {\"c\": 3}, \"x").get(0);

    assertThat(read.at("/a").asInt()).isEqualTo(1);
    assertThat(read.at("/b/1/c").asInt()).isEqualTo(3);
  }

  @Test
  void nestingHasAnEnd() {
    assertThat(EvidenceText.read("[".repeat(100_000))).hasSize(1);
    assertThat(EvidenceText.read("{\"a\":".repeat(100_000))).hasSize(1);
  }
}
