package io.patrolagent.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.common.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The images of the Dockerfile, and the Compose file that starts them. */
class ImagesTest {

  private static final String COMPOSE = "docker-compose.yml";

  @Test
  void everyServiceIsAnImageThatRunsItsJarAsProcessOneAndAsksItForItsHealth() throws Exception {
    Dockerfile dockerfile = Dockerfile.read();
    assertThat(dockerfile.stages().keySet()).containsAll(Repository.services());
    for (String service : Repository.services()) {
      assertThat(dockerfile.argument(service, "FROM")).isEqualTo("runtime AS " + service);
      assertThat(dockerfile.argument(service, "ENTRYPOINT"))
          .startsWith("[\"java\", ")
          .endsWith("\"-jar\", \"" + service + ".jar\"]");
      assertThat(dockerfile.argument(service, "HEALTHCHECK"))
          .contains("CMD [\"java\", ")
          .endsWith("\"-jar\", \"" + service + ".jar\", \"--health\"]");
      assertThat(dockerfile.stages().get(service))
          .filteredOn(line -> line.startsWith("COPY "))
          .containsExactly(
              "COPY --from=build /image/" + service + "/libraries/ lib/",
              "COPY --from=build /image/" + service + "/app/ ./");
    }
  }

  @Test
  void everyServiceIsBuiltIntoItsLayers() throws Exception {
    List<String> build = Dockerfile.read().stages().get("build");
    String run = build.get(build.size() - 1);
    assertThat(run)
        .contains("-pl " + String.join(",", Repository.services()) + " ")
        .endsWith("docker/layers.sh /image " + String.join(" ", Repository.services()));
    assertThat(Repository.text(".dockerignore").lines())
        .containsAll(Repository.services().stream().map(service -> "!" + service).toList());
  }

  @Test
  void imagesRunAsANumberedUserThatIsNotRootAndKnowTheirPort() throws Exception {
    Dockerfile dockerfile = Dockerfile.read();
    assertThat(dockerfile.user()).matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(dockerfile.argument("runtime", "ENV"))
        .isEqualTo(
            Setting.HTTP_PORT.variable() + "=" + dockerfile.argument("runtime", "EXPOSE").strip());
  }

  @Test
  void theComposeFileStartsEveryServiceReadOnlyAndWithoutCapabilities() throws Exception {
    JsonNode compose = compose();
    for (String service : Repository.services()) {
      JsonNode definition = compose.at("/services/" + service);
      assertThat(definition.at("/build/target").asText()).isEqualTo(service);
      assertThat(definition.path("read_only").asBoolean()).isTrue();
      assertThat(definition.at("/cap_drop/0").asText()).isEqualTo("ALL");
      assertThat(definition.at("/tmpfs/0").asText()).startsWith("/tmp:exec");
      assertThat(definition.path("ports").isMissingNode()).isTrue();
      assertThat(definition.at("/depends_on/kafka/condition").asText())
          .isEqualTo("service_healthy");
    }
  }

  @Test
  void whateverIsPublishedIsPublishedOnLoopback() throws Exception {
    assertThat(compose().path("services"))
        .allSatisfy(
            service ->
                assertThat(service.path("ports"))
                    .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
  }

  @Test
  void everyVariableOfTheComposeFileIsOneThatItsServiceReads(@TempDir Path directory)
      throws Exception {
    for (String service : Repository.services()) {
      ServiceVariables.of(service, variables(compose().at("/services/" + service)))
          .assertAccepted(directory);
    }
  }

  /** With what Compose would take from {@code .env} set or, where it has a default, that. */
  private static Map<String, String> variables(JsonNode service) {
    Map<String, String> variables = new LinkedHashMap<>();
    service
        .path("environment")
        .properties()
        .forEach(
            entry ->
                variables.put(
                    entry.getKey(),
                    entry
                        .getValue()
                        .asText()
                        .replaceAll("\\$\\{\\w+:-([^}]*)}", "$1")
                        .replaceAll("\\$\\{\\w+:\\?[^}]*}", "correct-horse")));
    return variables;
  }

  private static JsonNode compose() throws IOException {
    Object compose =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Repository.text(COMPOSE));
    return new ObjectMapper().valueToTree(compose);
  }
}
