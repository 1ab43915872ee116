package io.patrolagent.aggregator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.sql.SqlText;
import io.patrolagent.common.stage.PermanentFailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemClustersTest {

  @Test
  void keepsAnEventsSizeWhenTheWholeFleetBurnsAndSaysSo() throws Exception {
    String reason =
        "{\"code\": \"%s\", \"detail\": \"%s\"}".formatted("C".repeat(900), "ü".repeat(9000));
    String reasons = "[" + String.join(",", java.util.Collections.nCopies(40, reason)) + "]";
    List<ResultRow> rows = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      rows.add(row("worst", "w" + i, reasons));
    }
    for (int i = 0; i < 1234; i++) {
      rows.add(row("priority", "p" + i, reasons));
    }

    ProblemClusters clusters = ProblemClusters.of(rows);

    assertThat(clusters.worst()).hasSize(10);
    assertThat(clusters.priority()).hasSize(500);
    assertThat(clusters.priority().get(499).clusterId()).isEqualTo("p499");
    assertThat(clusters.warning())
        .contains(
            "1,234 Tier S and A clusters are Critical or Poor; priority_clusters holds the first"
                + " 500");
    // with room left of 4 MiB for the rest of the event
    assertThat(EventCodec.mapper().writeValueAsBytes(clusters)).hasSizeLessThan(2 * 1024 * 1024);
  }

  @Test
  void saysNothingWhereTheListIsWhole() throws Exception {
    assertThat(ProblemClusters.of(List.of(row("priority", "p", "[]"))).warning()).isEmpty();
  }

  @Test
  void readsReasonsInWhateverFormACollectorWritesThem() throws Exception {
    assertThat(
            reasons(
                "[{\"code\": \"A\", \"detail\": \"why\"}, {\"code\": \"B\", \"detail\": null}]"))
        .containsExactly(new RiskReason("A", "why"), new RiskReason("B", null));
    assertThat(reasons("[\"DISK_FILLING\", {\"code\": \"C\", \"detail\": {\"disk\": 91}}]"))
        .containsExactly(
            new RiskReason("DISK_FILLING", null), new RiskReason("C", "{\"disk\":91}"));
    assertThat(reasons("[{\"rule\": 7}, 8]"))
        .containsExactly(
            new RiskReason("UNSPECIFIED", "{\"rule\":7}"), new RiskReason("UNSPECIFIED", "8"));
    assertThat(reasons("null")).isEmpty();
    assertThat(reasons(null)).isEmpty();
  }

  @Test
  void shortensWithoutSplittingACharacter() throws Exception {
    RiskReason reason =
        reasons("[{\"code\": \"A\", \"detail\": \"" + "😀".repeat(300) + "\"}]").get(0);

    assertThat(reason.detail()).isEqualTo("😀".repeat(200) + "…");
  }

  @Test
  void refusesReasonsThatAreNoList() {
    assertThatThrownBy(() -> reasons("{\"code\": \"A\"}"))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("column risk_reasons of row 1 must be a JSON array");
  }

  @Test
  void refusesAListThatThereIsNone() {
    assertThatThrownBy(() -> ProblemClusters.of(List.of(row("best", "c", "[]"))))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("column list of row 1 must be worst or priority, not best");
  }

  private static List<RiskReason> reasons(String json) throws PermanentFailureException {
    return ProblemClusters.of(List.of(row("worst", "c", json))).worst().get(0).riskReasons();
  }

  private static ResultRow row(String list, String id, String reasons) {
    Map<String, Object> values = new HashMap<>();
    values.put("list", list);
    values.put("cluster_id", id);
    for (String column :
        List.of("cluster_name", "customer_name", "customer_tier", "cloud", "region", "version")) {
      values.put(column, column);
    }
    if (reasons != null) {
      values.put("risk_reasons", reasons);
    }
    return new ResultRow(
        new SqlFile(
            SnapshotQuery.WORST_CLUSTERS, new SqlText("worst_clusters.sql", "", Optional.empty())),
        1,
        values);
  }
}
