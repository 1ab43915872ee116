package io.patrolagent.reportsink.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.fleet.ReasonCodes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads all that a report can be checked against into one index. */
final class SourceReader {

  private static final String PREVIOUS = "get_previous_patrol";
  private static final ObjectMapper JSON = EventCodec.mapper();

  private final FactIndex index;

  private SourceReader(FactIndex index) {
    this.index = index;
  }

  static FactIndex read(
      FleetSnapshot snapshot, List<Evidence> evidence, FleetView fleet, Instant writtenAt) {
    FactIndex index = new FactIndex(writtenAt);
    SourceReader reader = new SourceReader(index);
    reader.snapshot(snapshot);
    evidence.forEach(reader::evidence);
    reader.fleet(fleet);
    return index;
  }

  private void snapshot(FleetSnapshot snapshot) {
    int source =
        index.source(new EvidenceSource(EvidenceSource.SNAPSHOT, null, snapshot.takenAt()));
    new FactReader(index, source, false).read(JSON.valueToTree(snapshot), null);
    DerivedFacts.of(snapshot, source, index.fleet());
    snapshot.worstClusters().forEach(cluster -> reasons(cluster, source));
    snapshot.priorityClusters().forEach(cluster -> reasons(cluster, source));
  }

  private void reasons(ProblemCluster cluster, int source) {
    for (ReasonCode code : ReasonCodes.of(cluster)) {
      Fact fact = Fact.text("reason_codes", code.name(), source, Fact.Standing.RELATED);
      index.of(cluster.clusterId(), false).addNamed(index.name("reason_codes").key(), fact);
    }
  }

  private void evidence(Evidence evidence) {
    String tool = evidence.tool() == null ? "unknown" : evidence.tool();
    int source = index.source(new EvidenceSource(tool, evidence.arguments(), evidence.at()));
    boolean earlier = tool.equals(PREVIOUS);
    String cluster = clusterOf(evidence.arguments());
    if (cluster != null && !earlier) {
      index.know(cluster, null, source);
    }
    FactReader reader = new FactReader(index, source, earlier);
    for (JsonNode value : EvidenceText.read(evidence.result())) {
      reader.read(value, cluster);
    }
  }

  private static @Nullable String clusterOf(@Nullable String arguments) {
    if (arguments == null || !arguments.contains("cluster_id")) {
      return null;
    }
    try {
      return JSON.readTree(arguments).path("cluster_id").textValue();
    } catch (JsonProcessingException none) {
      return null;
    }
  }

  private void fleet(FleetView fleet) {
    if (!fleet.isAvailable()) {
      return;
    }
    int source = index.source(new EvidenceSource(EvidenceSource.FLEET, null, fleet.at()));
    FactReader reader = new FactReader(index, source, false);
    new TreeMap<>(fleet.clusters())
        .forEach((id, facts) -> reader.read(JSON.valueToTree(facts), id));
    reader.read(JSON.valueToTree(Map.of("cohorts", fleet.cohorts())), null);
    fleet.priority().forEach(cluster -> reader.read(JSON.valueToTree(cluster), null));
  }
}
