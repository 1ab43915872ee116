package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container must not be started with a variable that its service refuses as unknown. */
class DeploymentVariablesTest {

  private static final Pattern VARIABLE = Pattern.compile("\\bPATROL_[A-Z0-9_]*[A-Z0-9]");

  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "Dockerfile"})
  void everyVariableOfADeploymentIsInTheCatalogue(String file) throws Exception {
    // Given
    SortedSet<String> variables = variables(RepositoryFile.read(file).text());
    // Then
    assertThat(variables)
        .allSatisfy(
            variable ->
                assertThatCode(() -> Env.of(Map.of(variable, "value")).verify())
                    .as("%s in %s", variable, file)
                    .doesNotThrowAnyException());
  }

  @Test
  void theComposeFileNamesBrokerAndDatabase() throws Exception {
    // Given
    SortedSet<String> variables = variables(RepositoryFile.read("docker-compose.yml").text());
    // Then
    assertThat(variables)
        .contains(
            Setting.KAFKA_BOOTSTRAP_SERVERS.variable(),
            Setting.DATABASE_URL.variable(),
            Setting.DATABASE_USER.variable(),
            Setting.DATABASE_PASSWORD.variable());
  }

  private static SortedSet<String> variables(String text) {
    SortedSet<String> variables = new TreeSet<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      variables.add(matcher.group());
    }
    return variables;
  }
}
