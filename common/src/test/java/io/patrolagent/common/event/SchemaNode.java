package io.patrolagent.common.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A place in a published schema, as it is in the jar. */
record SchemaNode(String file, JsonNode json) {

  static final String DIRECTORY = "io/patrolagent/common/event/schema/";

  /** A schema by its name, without {@code .schema.json}. */
  static SchemaNode root(String name) {
    return file(name + ".schema.json");
  }

  private static SchemaNode file(String file) {
    try (InputStream in = SchemaNode.class.getClassLoader().getResourceAsStream(DIRECTORY + file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no schema " + file);
      }
      return new SchemaNode(file, EventCodec.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** The schema's name where this is the whole of one. */
  Optional<String> title() {
    return text("title");
  }

  Optional<String> text(String keyword) {
    return Optional.ofNullable(json.path(keyword).textValue());
  }

  /** What {@code $ref} names, or this where it names nothing. */
  SchemaNode resolved() {
    String reference = json.path("$ref").textValue();
    if (reference == null) {
      return this;
    }
    int hash = reference.indexOf('#');
    String name = hash < 0 ? reference : reference.substring(0, hash);
    SchemaNode target = file(name.isEmpty() ? file : name);
    JsonNode place = hash < 0 ? target.json : target.json.at(reference.substring(hash + 1));
    if (place.isMissingNode()) {
      throw new IllegalArgumentException(file + " refers to " + reference + ", which is not there");
    }
    return new SchemaNode(target.file, place).resolved();
  }

  SchemaNode property(String name) {
    return new SchemaNode(file, json.path("properties").path(name));
  }

  List<String> properties() {
    List<String> names = new ArrayList<>();
    json.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  List<String> required() {
    return texts("required");
  }

  /** The texts under a keyword, be they a list or one alone. */
  List<String> texts(String keyword) {
    JsonNode value = json.path(keyword);
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.textValue());
    }
    value.elements().forEachRemaining(text -> texts.add(text.asText()));
    return texts;
  }

  SchemaNode items() {
    return new SchemaNode(file, json.path("items"));
  }
}
