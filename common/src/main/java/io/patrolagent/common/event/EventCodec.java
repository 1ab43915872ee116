package io.patrolagent.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.patrolagent.common.patrol.PatrolId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Events to bytes and back. Unknown fields are ignored, absent ones are null; a value of another
 * type is refused, never coerced. Thread-safe.
 */
public final class EventCodec {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule().addDeserializer(Instant.class, new InstantText()))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> {
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private EventCodec() {}

  /**
   * The mapper behind the codec, for what is written the same way, such as a row's JSON columns.
   */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * The event's JSON in UTF-8.
   *
   * @throws EventTooLargeException if it exceeds its type's limit
   */
  public static byte[] encode(Event event) {
    byte[] bytes;
    try {
      bytes = MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(event.type().name() + " cannot be written as JSON", e);
    }
    if (bytes.length > event.type().maxBytes()) {
      throw new EventTooLargeException(event.type(), bytes.length);
    }
    return bytes;
  }

  /**
   * Reads an event of the type that its topic holds.
   *
   * @throws UndecodableEventException if the value is null, empty, too large, not JSON, or not that
   *     event
   */
  public static <E extends Event> E decode(EventType<E> type, byte @Nullable [] value)
      throws UndecodableEventException {
    if (value == null || value.length == 0) {
      throw new UndecodableEventException(
          type.name() + " has " + (value == null ? "no value (null)" : "an empty value"), null);
    }
    if (value.length > type.maxBytes()) {
      throw new UndecodableEventException(
          type.name() + " may have at most " + type.maxBytes() + " bytes, not " + value.length,
          null);
    }
    JsonNode tree = parse(type, value);
    try {
      return MAPPER.treeToValue(tree, type.javaType());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UndecodableEventException(type.name() + ": " + problem(e), patrolIdIn(tree));
    }
  }

  private static JsonNode parse(EventType<?> type, byte[] value) throws UndecodableEventException {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(value);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw new UndecodableEventException(type.name() + " is not JSON" + where, null);
    } catch (IOException e) {
      throw new UndecodableEventException(type.name() + " is not JSON", null);
    }
    if (!tree.isObject()) {
      throw new UndecodableEventException(
          type.name() + " must be a JSON object, not " + tree.getNodeType(), null);
    }
    return tree;
  }

  /** What our own constructors said, or the path of the field that has a wrong type. */
  private static String problem(Exception e) {
    if (e instanceof ValueInstantiationException
        && e.getCause() instanceof IllegalArgumentException ours) {
      return String.valueOf(ours.getMessage());
    }
    if (e instanceof JsonMappingException mapping) {
      String path =
          mapping.getPath().stream()
              .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
              .collect(Collectors.joining("."));
      return (path.isEmpty() ? "the value" : path) + " has a wrong type or form";
    }
    return String.valueOf(e.getMessage());
  }

  private static @Nullable PatrolId patrolIdIn(JsonNode tree) {
    JsonNode id = tree.path("patrol_id");
    if (id.isMissingNode()) {
      id = tree.path("request").path("patrol_id");
    }
    try {
      return id.isTextual() ? PatrolId.parse(id.textValue()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
