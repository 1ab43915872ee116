package io.patrolagent.embedded.fleet;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeDocumentTest {

  private static final List<KnowledgeDocument> ALL = KnowledgeDocument.all();

  @Test
  void thereAreSixtyOfThreeKinds() {
    // when
    Map<String, Long> kinds = ALL.stream().collect(groupingBy(KnowledgeDocument::kind, counting()));

    // then
    assertThat(kinds)
        .containsEntry("known_issue", 24L)
        .containsEntry("incident", 16L)
        .containsEntry("runbook", 20L);
    assertThat(ALL).extracting(KnowledgeDocument::title).doesNotHaveDuplicates();
    assertThat(ALL).allMatch(document -> !document.tags().isEmpty());
  }

  @Test
  void affectedVersionsAreOnesThatTheFleetRuns() {
    // given
    Set<String> versions = new HashSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      versions.add(EngineVersions.pick(random));
    }

    // then
    assertThat(ALL)
        .allSatisfy(document -> assertThat(versions).containsAll(document.affectedVersions()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DSK-1204",
        "CMP-2107",
        "QTA-4031",
        "OOM-1137",
        "CRT-3302",
        "BKP-5003",
        "SQL-1064",
        "COL-1301",
        "NET-6110"
      })
  void plantedIncidentsHaveAKnownIssue(String code) {
    assertThat(ALL)
        .filteredOn(document -> document.kind().equals("known_issue"))
        .filteredOn(document -> document.title().startsWith(code))
        .hasSize(1);
  }

  @Test
  void theCompactionBugIsKnownForItsVersion() {
    assertThat(ALL)
        .filteredOn(document -> document.title().startsWith("CMP-2107"))
        .extracting(KnowledgeDocument::affectedVersions)
        .containsExactly(List.of(EngineVersions.WITH_COMPACTION_BUG));
  }

  @Test
  void aDocumentNeedsABody() {
    assertThatThrownBy(
            () -> new KnowledgeDocument("runbook", "Empty", " ", List.of(), List.of(), 1))
        .hasMessage("knowledge document Empty: needs a body");
  }
}
