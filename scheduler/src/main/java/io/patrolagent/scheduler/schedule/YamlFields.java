package io.patrolagent.scheduler.schedule;

import io.patrolagent.common.config.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping with the keys that it may have. Scalars are taken as they are written, so that a
 * region {@code no} stays one. What is wrong is told with its line, and reading goes on.
 */
final class YamlFields {

  /** Is told what is wrong and on which line, counted from 1. */
  interface Problems {
    void add(int line, String problem);
  }

  private final Map<String, Node> values = new LinkedHashMap<>();
  private final boolean mapping;
  private final int line;
  private final Problems problems;

  private YamlFields(boolean mapping, int line, Problems problems) {
    this.mapping = mapping;
    this.line = line;
    this.problems = problems;
  }

  /** The mapping's fields; a node that is none has no fields, and is a problem. */
  static YamlFields of(Node node, String what, List<String> keys, Problems problems) {
    YamlFields fields = new YamlFields(node instanceof MappingNode, line(node), problems);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> fields.add(entry, keys));
    } else {
      problems.add(line(node), what + " must be a mapping with " + String.join(", ", keys));
    }
    return fields;
  }

  private void add(NodeTuple entry, List<String> keys) {
    int at = line(entry.getKeyNode());
    String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!keys.contains(key)) {
      String hint =
          Suggestion.nearest(key, keys)
              .map(near -> "; did you mean " + near + "?")
              .orElse("; there are " + String.join(", ", keys));
      problems.add(at, "'" + key + "' is not a key here" + hint);
    } else if (values.putIfAbsent(key, entry.getValueNode()) != null) {
      problems.add(at, key + " is there twice");
    }
  }

  int line() {
    return line;
  }

  /** The value's line, or the mapping's where there is none. */
  int line(String key) {
    return node(key).map(YamlFields::line).orElse(line);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The text, stripped; empty where there is none. */
  Optional<String> text(String key) {
    return node(key).flatMap(node -> scalar(key, node));
  }

  /**
   * What the text means; empty where there is none. The parser throws {@link
   * IllegalArgumentException} with the rule, which is told behind key and text.
   */
  <T> Optional<T> parsed(String key, Function<String, T> parser) {
    Optional<String> text = text(key);
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      problems.add(line(key), key + " '" + text.orElse("") + "' " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The list's texts, in order; null where there is none. */
  @Nullable List<String> texts(String key) {
    Node node = values.get(key);
    if (node == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> scalar(key, item).ifPresent(texts::add));
    } else {
      problems.add(line(node), key + " must be a list, such as [a, b]");
    }
    return texts;
  }

  /** That one of these keys is not there is a problem, unless there is no mapping at all. */
  void require(List<String> keys) {
    keys.stream()
        .filter(key -> mapping && !has(key))
        .forEach(key -> problems.add(line, key + " is missing"));
  }

  private Optional<String> scalar(String key, Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue().strip());
    }
    problems.add(line(node), key + " must hold a text");
    return Optional.empty();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
