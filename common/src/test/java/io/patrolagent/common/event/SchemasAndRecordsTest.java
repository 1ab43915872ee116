package io.patrolagent.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A field that is added to a record is added to its schema, with what it means. */
class SchemasAndRecordsTest {

  private static final Map<Class<?>, String> FORMATS =
      Map.of(PatrolId.class, "uuid", Instant.class, "date-time");
  private static final Map<Class<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(PatrolId.class, "string"),
          Map.entry(Instant.class, "string"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Double.class, "number"),
          Map.entry(BigDecimal.class, "number"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(List.class, "array"),
          Map.entry(Map.class, "object"));

  static Stream<EventType<?>> types() {
    return EventType.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSchemaSaysWhatTheRecordHolds(EventType<?> type) {
    List<String> differences = new ArrayList<>();

    compare(type.javaType(), SchemaNode.root(type.name()), differences);

    assertThat(differences).as("schema and record of " + type.name()).isEmpty();
  }

  private static void compare(Class<?> record, SchemaNode reference, List<String> differences) {
    SchemaNode schema = reference.resolved();
    String where = schema.file() + ", " + record.getSimpleName();
    RecordComponent[] components = record.getRecordComponents();
    List<String> names = Arrays.stream(components).map(c -> name(record, c)).toList();
    if (!schema.properties().equals(names)) {
      differences.add(where + ": properties are " + schema.properties() + ", not " + names);
      return;
    }
    List<String> required =
        record.equals(PatrolRequested.class)
            ? List.of("report_type")
            : Arrays.stream(components)
                .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(c -> name(record, c))
                .filter(name -> !name.equals("schema_version"))
                .toList();
    if (!Set.copyOf(schema.required()).equals(Set.copyOf(required))) {
      differences.add(where + ": required are " + schema.required() + ", not " + required);
    }
    for (RecordComponent component : components) {
      String name = name(record, component);
      SchemaNode property = schema.property(name);
      String field = where + "." + name;
      boolean described = property.text("description").isPresent();
      if (!described && !property.resolved().json().equals(count())) {
        differences.add(field + " is not described");
      }
      if (!name.equals("schema_version")) {
        compare(field, component.getGenericType(), property, differences);
      }
    }
  }

  /** A plain number under an object that says what is counted needs no words of its own. */
  private static JsonNode count() {
    return EventCodec.mapper().createObjectNode().put("type", "integer").put("minimum", 0);
  }

  private static void compare(
      String field, Type type, SchemaNode reference, List<String> differences) {
    SchemaNode schema = reference.resolved();
    if (type instanceof ParameterizedType list && list.getRawType().equals(List.class)) {
      expect(field + " type", "array", schema.texts("type"), differences);
      compare(field + "[]", list.getActualTypeArguments()[0], schema.items(), differences);
      return;
    }
    Class<?> raw = (Class<?>) (type instanceof ParameterizedType map ? map.getRawType() : type);
    if (raw.isEnum()) {
      List<String> all = Arrays.stream(raw.getEnumConstants()).map(c -> wireName(c)).toList();
      List<String> said = schema.texts("enum");
      boolean some = raw.equals(ReportStatus.class) && all.containsAll(said) && !said.isEmpty();
      if (!some && !said.equals(all)) {
        differences.add(field + " may be " + said + ", not " + all);
      }
    } else if (raw.isRecord() && !TYPES.containsKey(raw)) {
      if (!(field.contains("PatrolRequested") && field.endsWith(".scope"))) {
        compare(raw, reference, differences);
      }
    } else if (!isClosedList(schema)) {
      expect(field + " type", TYPES.get(raw), schema.texts("type"), differences);
      String format = FORMATS.get(raw);
      if (format != null) {
        expect(field + " format", format, schema.texts("format"), differences);
      }
    }
  }

  /** A text that the parser lets be one of few things only. */
  private static boolean isClosedList(SchemaNode schema) {
    return !schema.texts("enum").isEmpty();
  }

  private static void expect(
      String field, @Nullable String expected, List<String> said, List<String> differences) {
    if (expected == null || !said.contains(expected)) {
      differences.add(field + " is " + said + ", not " + expected);
    }
  }

  private static String wireName(Object constant) {
    return EventCodec.mapper().valueToTree(constant).asText();
  }

  private static String name(Class<?> record, RecordComponent component) {
    try {
      JsonProperty given =
          record.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
      return given != null
          ? given.value()
          : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
