package io.patrolagent.common.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** What a JSON Schema validator says of a value, by the schemas in the jar. */
final class SchemaValidation {

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig FORMATS_COUNT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private SchemaValidation() {}

  /** Where the value departs from the schema of that name; empty if nowhere. */
  static List<String> problems(String name, JsonNode value) {
    SchemaLocation location =
        SchemaLocation.of("classpath:" + SchemaNode.DIRECTORY + name + ".schema.json");
    return FACTORY.getSchema(location, FORMATS_COUNT).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
