package io.patrolagent.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.common.report.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas and the codec agree on what an event is. */
class EventSchemasTest {

  static Stream<Event> full() {
    return Events.all();
  }

  /** As little as the records allow. */
  static Stream<Event> minimal() {
    PatrolRequest request =
        new PatrolRequest(
            Events.ID,
            ReportType.ON_DEMAND,
            "unknown",
            Scope.FLEET,
            null,
            Events.ASKED,
            null,
            Events.ENDED,
            null);
    FleetSnapshot snapshot = barely(Events.snapshot());
    Usage usage = new Usage("offline", null, 0, 0, 0, null, 0, 0, 0);
    return Stream.of(
        new PatrolRequested(
            1, null, ReportType.ON_DEMAND, null, null, null, null, null, null, null),
        new CancelRequested(1, Events.ID, null, null),
        new SnapshotTaken(request, snapshot),
        new AgentFinished(
            1,
            request,
            snapshot,
            ReportStatus.COMPLETED,
            "",
            usage,
            null,
            null,
            Events.ASKED,
            Events.ENDED),
        new PatrolFailed(
            1,
            Events.ID,
            null,
            "aggregator",
            ReportStatus.FAILED,
            "unreadable",
            null,
            null,
            Events.ENDED),
        Events.unreadable(),
        Events.requestedOnly());
  }

  private static FleetSnapshot barely(FleetSnapshot full) {
    ProblemCluster cluster =
        new ProblemCluster(
            "c1",
            "orders",
            "ACME",
            "S",
            "aws",
            "eu",
            "3.2",
            null,
            null,
            null,
            List.of(new RiskReason("DISK_FILLING", null)),
            null);
    return new FleetSnapshot(
        full.takenAt(),
        full.clusterCounts(),
        full.riskDistribution(),
        full.healthDistribution(),
        full.alerts24h(),
        full.openIssues(),
        List.of(cluster),
        null,
        List.of(new SourceFreshness("health_scores", null, 0, 0)),
        null);
  }

  @ParameterizedTest
  @MethodSource({"full", "minimal"})
  void whatIsWrittenKeepsToTheSchema(Event event) throws IOException {
    assertThat(problems(event.type(), json(event))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("full")
  void aRequiredFieldMustBeThere(Event event) throws IOException {
    JsonNode whole = json(event);
    List<String> missed = new ArrayList<>();

    int required =
        forEachRequiredField(
            SchemaNode.root(event.type().name()),
            whole,
            (object, field) -> {
              JsonNode value = object.remove(field);
              if (problems(event.type(), whole).isEmpty()) {
                missed.add(field);
              }
              object.set(field, value);
            });

    assertThat(missed).isEmpty();
    assertThat(required).isPositive();
  }

  /** A producer who checks its events by the schema has none of them refused. */
  @ParameterizedTest
  @MethodSource("full")
  void whatTheCodecRefusesTheSchemaRefuses(Event event) throws IOException {
    JsonNode whole = json(event);
    List<String> allowed = new ArrayList<>();

    forEachField(
        whole,
        (object, field) -> {
          JsonNode value = object.get(field);
          for (JsonNode other : others(whole)) {
            object.set(field, other);
            if (isRefused(event.type(), whole) && problems(event.type(), whole).isEmpty()) {
              allowed.add(field + " = " + other);
            }
          }
          object.set(field, value);
        });

    assertThat(allowed).isEmpty();
  }

  private static List<JsonNode> others(JsonNode whole) {
    List<JsonNode> others = new ArrayList<>();
    ObjectNode factory = (ObjectNode) whole;
    others.add(factory.numberNode(-1.5));
    others.add(factory.numberNode(2));
    others.add(factory.booleanNode(true));
    others.add(factory.objectNode());
    others.add(factory.arrayNode().add(1));
    others.add(TextNode.valueOf(""));
    others.add(TextNode.valueOf("yesterday"));
    for (ReportStatus status : ReportStatus.values()) {
      others.add(TextNode.valueOf(status.wireName()));
    }
    return others;
  }

  @Test
  void theSchemasKnowTheLimitsOfATrigger() {
    ObjectNode trigger = EventCodec.mapper().createObjectNode().put("report_type", "on_demand");
    assertThat(problems(EventType.REQUESTED, trigger)).isEmpty();

    assertThat(problems(EventType.REQUESTED, trigger.deepCopy().put("focus", "x".repeat(2001))))
        .isNotEmpty();
    assertThat(
            problems(EventType.REQUESTED, trigger.deepCopy().put("triggered_by", "x".repeat(201))))
        .isNotEmpty();
    ObjectNode scoped = trigger.deepCopy();
    scoped.putObject("scope").putArray("tiers").add("Z");
    assertThat(problems(EventType.REQUESTED, scoped)).isNotEmpty();
    scoped.putObject("scope").putArray("clusters").add("");
    assertThat(problems(EventType.REQUESTED, scoped)).isNotEmpty();
  }

  @Test
  void anUnknownFieldIsNoneOfTheSchemasBusiness() throws IOException {
    ObjectNode later = (ObjectNode) json(Events.announced());
    later.put("mood", "fine");
    later.withObject("/report").put("mood", "fine");

    assertThat(problems(EventType.REPORT_FINISHED, later)).isEmpty();
  }

  @Test
  void whatTheParserMakesOfAModelsReportKeepsToTheSchemasOfItsColumns() {
    var parsed =
        ReportParser.parse(
            """
            ## FLEET_NARRATIVE
            Quiet.
            ## FLAGGED_CLUSTERS
            [{"cluster_id":"c1","severity":"SEV-1","key_metrics":{"disk":91.5,"since":[1,2]},"x":null},"c2"]
            ## PREDICTIONS
            - [High] c1 fills up
            - perhaps more
            ## CUSTOMER_SUMMARIES
            - **ACME** (S): One cluster at risk.
            - Zenith: Two backups failed.
            ## RECOMMENDED_ACTIONS
            1. [This Week] Expand the volume.
            2. Look.
            """);

    assertThat(columnProblems("flagged_clusters", parsed.flaggedClusters(), 2)).isEmpty();
    assertThat(columnProblems("predictions", parsed.predictions(), 2)).isEmpty();
    assertThat(columnProblems("customer_summaries", parsed.customerSummaries(), 2)).isEmpty();
    assertThat(columnProblems("recommended_actions", parsed.recommendedActions(), 2)).isEmpty();
  }

  private static List<String> columnProblems(String column, List<?> values, int expected) {
    assertThat(values).hasSize(expected);
    JsonNode json = EventCodec.mapper().valueToTree(values);
    return SchemaValidation.problems(column, json);
  }

  private static JsonNode json(Event event) throws IOException {
    return EventCodec.mapper().readTree(EventCodec.encode(event));
  }

  private static List<String> problems(EventType<?> type, JsonNode value) {
    return SchemaValidation.problems(type.name(), value);
  }

  private static boolean isRefused(EventType<?> type, JsonNode value) {
    try {
      EventCodec.decode(type, EventCodec.mapper().writeValueAsBytes(value));
      return false;
    } catch (UndecodableEventException e) {
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void forEachField(JsonNode node, BiConsumer<ObjectNode, String> action) {
    if (node instanceof ObjectNode object) {
      List<String> fields = new ArrayList<>();
      object.fieldNames().forEachRemaining(fields::add);
      for (String field : fields) {
        action.accept(object, field);
        forEachField(object.get(field), action);
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(element -> forEachField(element, action));
    }
  }

  private static int forEachRequiredField(
      SchemaNode schema, JsonNode value, BiConsumer<ObjectNode, String> action) {
    SchemaNode resolved = schema.resolved();
    int count = 0;
    if (value instanceof ObjectNode object) {
      for (String field : resolved.required()) {
        action.accept(object, field);
        count++;
      }
      for (String field : resolved.properties()) {
        count += forEachRequiredField(resolved.property(field), object.path(field), action);
      }
    } else if (value instanceof ArrayNode array) {
      for (JsonNode element : array) {
        count += forEachRequiredField(resolved.items(), element, action);
      }
    }
    return count;
  }
}
