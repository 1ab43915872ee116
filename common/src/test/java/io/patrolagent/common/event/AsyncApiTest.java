package io.patrolagent.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document says what the code does, in AsyncAPI 3's structure. */
class AsyncApiTest {

  private static final String REFERENCE = "$ref";
  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    String file = SchemaNode.DIRECTORY + "asyncapi.yaml";
    try (InputStream in = AsyncApiTest.class.getClassLoader().getResourceAsStream(file)) {
      document = new YAMLMapper().readTree(in);
    }
  }

  @Test
  void itHasWhatAsyncApi3Requires() {
    assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(document.at("/info/title").asText()).isNotEmpty();
    assertThat(document.at("/info/version").asText()).isNotEmpty();
    assertThat(document.fieldNames())
        .toIterable()
        .isSubsetOf(
            "asyncapi",
            "id",
            "info",
            "servers",
            "defaultContentType",
            "channels",
            "operations",
            "components");
    document
        .path("channels")
        .forEach(channel -> assertThat(channel.path("messages").size()).isPositive());
    document
        .path("operations")
        .forEach(
            operation -> {
              assertThat(operation.path("action").asText()).isIn("send", "receive");
              String channel = operation.at("/channel/$ref").asText();
              operation
                  .path("messages")
                  .forEach(
                      message ->
                          assertThat(message.path(REFERENCE).asText())
                              .startsWith(channel + "/messages/"));
            });
  }

  @Test
  void whateverItRefersToIsThere() {
    List<String> references = new ArrayList<>();
    document.findValues(REFERENCE).forEach(reference -> references.add(reference.asText()));

    assertThat(references).hasSizeGreaterThan(30);
    for (String reference : references) {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        assertThat(SchemaNode.root(reference.replace(".schema.json", "")).title()).isPresent();
      }
    }
  }

  @Test
  void aChannelIsATopicAsItIsCreated() {
    Map<String, Map<String, String>> described = new HashMap<>();
    for (JsonNode channel : document.path("channels")) {
      Map<String, String> configuration = new HashMap<>();
      channel
          .at("/bindings/kafka/topicConfiguration")
          .properties()
          .forEach(
              entry ->
                  configuration.put(
                      entry.getKey(),
                      entry.getValue().isArray()
                          ? entry.getValue().get(0).asText()
                          : entry.getValue().asText()));
      described.put(channel.path("address").asText().replace("{prefix}", ""), configuration);
    }

    Map<String, Map<String, String>> created =
        Topics.DEFAULT.specifications().stream()
            .filter(topic -> isPublic(topic.name()))
            .collect(Collectors.toMap(Topics.Specification::name, AsyncApiTest::described));
    assertThat(described).isEqualTo(created);
  }

  /** Not a journal, the inside of the status view, or dead letters. */
  private static boolean isPublic(String topic) {
    return EventType.ALL.stream()
        .anyMatch(type -> topic.equals(type.name()) || topic.equals(type.name() + ".on-demand"));
  }

  /** All but what every topic has, which the document says in its introduction. */
  private static Map<String, String> described(Topics.Specification topic) {
    Map<String, String> configuration = new HashMap<>(topic.configuration());
    assertThat(configuration.remove("compression.type")).isEqualTo("zstd");
    assertThat(configuration.remove("message.timestamp.type")).isEqualTo("LogAppendTime");
    return configuration;
  }

  @Test
  void everyEventIsAMessageWithItsSchema() {
    Map<String, String> schemas = new HashMap<>();
    document
        .at("/components/messages")
        .forEach(
            message ->
                schemas.put(
                    message.path("name").asText(),
                    message.at("/payload/schema/$ref").asText().replace(".schema.json", "")));

    assertThat(schemas)
        .isEqualTo(
            EventType.ALL.stream().collect(Collectors.toMap(EventType::name, EventType::name)));
  }

  @Test
  void anExampleKeepsToItsSchemaAndIsRead() throws Exception {
    Set<String> shown = new HashSet<>();
    for (JsonNode message : document.at("/components/messages")) {
      String name = message.path("name").asText();
      for (JsonNode example : message.path("examples")) {
        JsonNode payload = example.path("payload");
        assertThat(SchemaValidation.problems(name, payload)).as(name).isEmpty();
        EventType<?> type =
            EventType.ALL.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
        EventCodec.decode(type, EventCodec.mapper().writeValueAsBytes(payload));
        shown.add(name);
      }
    }
    assertThat(shown).contains("patrol.requested", "patrol.cancel-requested", "patrol.status");
  }

  @Test
  void theHeadersAreThoseThatAreWritten() {
    JsonNode headers = document.at("/components/messageTraits/written/headers");
    Set<String> described = new HashSet<>();
    headers.path("properties").fieldNames().forEachRemaining(described::add);
    Set<String> required = new HashSet<>();
    headers.path("required").forEach(name -> required.add(name.asText()));

    Set<String> written = new HashSet<>();
    EventRecord.of(Topics.DEFAULT, Events.announced(), "report-sink")
        .headers()
        .forEach(header -> written.add(header.key()));

    assertThat(described).containsAll(written);
    assertThat(written).containsAll(required);
  }
}
