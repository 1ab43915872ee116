package io.patrolagent.systemtests.deployment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A directory of manifests, put together as Kustomize does, as far as these need it: resources,
 * maps from files of variables, and patches that append to a list. What Kubernetes does not know,
 * or this does not, is an error.
 */
final class Kustomization {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** The model's classes keep unknown fields; without that they are refused. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "Deployment", Deployment.class,
          "NetworkPolicy", NetworkPolicy.class,
          "Namespace", Namespace.class,
          "PodDisruptionBudget", PodDisruptionBudget.class);

  private final Path directory;
  private final JsonNode root;
  private final List<JsonNode> documents = new ArrayList<>();
  private final Map<String, Map<String, String>> configMaps = new LinkedHashMap<>();
  private final TreeSet<String> files = new TreeSet<>(List.of("kustomization.yaml"));

  private Kustomization(Path directory, JsonNode root) {
    this.directory = directory;
    this.root = root;
  }

  static Kustomization read(Path directory) throws IOException {
    JsonNode root = YAML.readTree(directory.resolve("kustomization.yaml").toFile());
    Kustomization kustomization = new Kustomization(directory, root);
    kustomization.resources();
    kustomization.configMaps();
    kustomization.patches();
    return kustomization;
  }

  /** All resources of that kind; throws where a field is none of Kubernetes'. */
  <T> List<T> all(Class<T> kind) {
    return documents.stream()
        .filter(document -> typeOf(document) == kind)
        .map(document -> strictly(document, kind))
        .toList();
  }

  static <T> T strictly(JsonNode document, Class<T> kind) {
    try {
      return STRICT.treeToValue(document, kind);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          document.at("/metadata/name").asText() + ": " + wrong.getOriginalMessage(), wrong);
    }
  }

  /** By the names that the containers refer to, before Kustomize adds a hash. */
  Map<String, Map<String, String>> configMapsByName() {
    return configMaps;
  }

  /** The images, by the name that the containers use. */
  Map<String, String> images() {
    Map<String, String> images = new LinkedHashMap<>();
    for (JsonNode image : root.path("images")) {
      images.put(
          image.path("name").asText(),
          image.path("newName").asText() + ":" + image.path("newTag").asText());
    }
    return images;
  }

  /** The files of the directory itself that are used. */
  TreeSet<String> files() {
    return files;
  }

  private void resources() throws IOException {
    for (JsonNode resource : root.path("resources")) {
      Path path = directory.resolve(resource.asText());
      if (Files.isDirectory(path)) {
        Kustomization base = read(path);
        documents.addAll(base.documents);
        configMaps.putAll(base.configMaps);
      } else {
        documents.addAll(documents(resource.asText()));
      }
    }
    documents.forEach(Kustomization::typeOf);
  }

  private void configMaps() throws IOException {
    for (JsonNode generator : root.path("configMapGenerator")) {
      Map<String, String> values =
          configMaps.computeIfAbsent(
              generator.path("name").asText(), name -> new LinkedHashMap<>());
      for (JsonNode file : generator.path("envs")) {
        values.putAll(variables(file.asText()));
      }
    }
  }

  private Map<String, String> variables(String file) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : Files.readAllLines(used(file))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  private void patches() throws IOException {
    for (JsonNode patch : root.path("patches")) {
      JsonNode target = patch.path("target");
      List<JsonNode> targets =
          documents.stream()
              .filter(document -> document.path("kind").equals(target.path("kind")))
              .filter(
                  document ->
                      target.path("name").isMissingNode()
                          || document.at("/metadata/name").equals(target.path("name")))
              .toList();
      if (targets.isEmpty()) {
        throw new IllegalStateException("no resource for the patch " + patch);
      }
      for (JsonNode operation : YAML.readTree(used(patch.path("path").asText()).toFile())) {
        targets.forEach(document -> append(document, operation));
      }
    }
  }

  private static void append(JsonNode document, JsonNode operation) {
    JsonPointer path = JsonPointer.compile(operation.path("path").asText());
    if (!operation.path("op").asText().equals("add") || !path.last().matchesProperty("-")) {
      throw new IllegalStateException("only patches that append are known here: " + operation);
    }
    ((ArrayNode) document.at(path.head())).add(operation.path("value").deepCopy());
  }

  private List<JsonNode> documents(String file) throws IOException {
    try (MappingIterator<JsonNode> read =
        YAML.readerFor(JsonNode.class).readValues(used(file).toFile())) {
      return read.readAll();
    }
  }

  private Path used(String file) {
    files.add(file);
    return directory.resolve(file);
  }

  private static Class<?> typeOf(JsonNode document) {
    String kind = document.path("kind").asText();
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalStateException("a kind that these tests do not know: " + kind);
    }
    return type;
  }
}
