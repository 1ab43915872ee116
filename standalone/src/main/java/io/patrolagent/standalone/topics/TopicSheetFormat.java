package io.patrolagent.standalone.topics;

import static io.patrolagent.standalone.topics.TopicSheet.names;
import static io.patrolagent.standalone.topics.TopicSheet.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.stage.KafkaRight;
import io.patrolagent.common.stage.Party;
import io.patrolagent.standalone.topics.TopicSheet.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;

/** How a {@link TopicSheet} is written. */
public enum TopicSheetFormat {
  /** For reading. */
  TABLE {
    @Override
    public String of(TopicSheet sheet) {
      List<String> lines = new ArrayList<>();
      for (Topic topic : sheet.topics()) {
        lines.add(topic.name());
        lines.add(
            "  %d partitions, replication factor %s"
                .formatted(
                    topic.partitions(),
                    topic.replicationFactor().isPresent()
                        ? topic.replicationFactor().getAsInt()
                        : "of the broker"));
        lines.add("  " + configuration(topic, " "));
        lines.add("  written by " + names(topic.writtenBy()));
        lines.add("  read by " + (topic.readBy().isEmpty() ? "nobody" : names(topic.readBy())));
      }
      lines.add("");
      Party party = null;
      for (KafkaRight right : sheet.rights()) {
        if (right.party() != party) {
          party = right.party();
          lines.add("%s: %s".formatted(sheet.principal(party), party.meaning()));
        }
        lines.add(
            "  %-24s %s %s%s (%s)"
                .formatted(
                    operations(right).collect(Collectors.joining(",")),
                    resource(right),
                    right.resource().name(),
                    prefixed(right) ? "*" : "",
                    right.why()));
      }
      return String.join("\n", lines) + "\n";
    }
  },

  /** For programs. */
  JSON {
    @Override
    public String of(TopicSheet sheet) {
      ObjectMapper json = new ObjectMapper();
      ObjectNode root = json.createObjectNode();
      ArrayNode topics = root.putArray("topics");
      for (Topic topic : sheet.topics()) {
        ObjectNode node = topics.addObject();
        node.put("name", topic.name()).put("partitions", topic.partitions());
        topic.replicationFactor().ifPresent(copies -> node.put("replication_factor", copies));
        node.set("configuration", json.valueToTree(topic.configuration()));
        topic.writtenBy().forEach(party -> node.withArray("written_by").add(party.toString()));
        topic.readBy().forEach(party -> node.withArray("read_by").add(party.toString()));
      }
      ArrayNode acls = root.putArray("acls");
      for (KafkaRight right : sheet.rights()) {
        ObjectNode node =
            acls.addObject()
                .put("principal", sheet.principal(right.party()))
                .put("resource_type", right.resource().resourceType().name())
                .put("pattern_type", right.resource().patternType().name())
                .put("name", right.resource().name());
        right.operations().forEach(operation -> node.withArray("operations").add(operation.name()));
        node.put("why", right.why());
      }
      try {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree of strings can be written", e);
      }
    }
  },

  /** For a shell: Kafka's own tools. */
  COMMANDS {
    @Override
    public String of(TopicSheet sheet) {
      List<String> lines = new ArrayList<>();
      lines.add(
          "# KAFKA is host:port of a broker, ADMIN a file of client properties that may do it");
      for (Topic topic : sheet.topics()) {
        lines.add(
            "kafka-topics.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN\" --create"
                + " --if-not-exists --topic "
                + topic.name()
                + " --partitions "
                + topic.partitions()
                + (topic.replicationFactor().isPresent()
                    ? " --replication-factor " + topic.replicationFactor().getAsInt()
                    : "")
                + " --config "
                + configuration(topic, " --config "));
      }
      for (KafkaRight right : sheet.rights()) {
        lines.add(
            "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN\" --add"
                + " --allow-principal '"
                + sheet.principal(right.party())
                + "' "
                + operations(right)
                    .map(operation -> "--operation " + operation)
                    .collect(Collectors.joining(" "))
                + " --"
                + resource(right)
                + " "
                + right.resource().name()
                + (prefixed(right) ? " --resource-pattern-type prefixed" : ""));
      }
      return String.join("\n", lines) + "\n";
    }
  };

  /** The sheet, with a line break at its end. */
  public abstract String of(TopicSheet sheet);

  private static String configuration(Topic topic, String separator) {
    return topic.configuration().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(separator));
  }

  /** As the option of kafka-acls.sh is called: {@code transactional-id}. */
  private static String resource(KafkaRight right) {
    return right.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean prefixed(KafkaRight right) {
    return right.resource().patternType() == PatternType.PREFIXED;
  }
}
