package io.patrolagent.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.HttpSettings;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.LogSettings;
import io.patrolagent.common.config.ServiceName;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.config.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The variables that a deployment gives to a service. */
record ServiceVariables(ServiceName service, Map<String, String> variables) {

  private static final String FILE = "_FILE";

  static ServiceVariables of(String module, Map<String, String> variables) {
    return new ServiceVariables(
        ServiceName.of(module)
            .orElseThrow(() -> new IllegalArgumentException("no service is called " + module)),
        variables);
  }

  /** Each is a setting, this service reads it, and its value is one that the service accepts. */
  void assertAccepted(Path directory) throws IOException {
    for (String variable : variables.keySet()) {
      Optional<Setting> setting = setting(variable);
      assertThat(setting).as("%s of %s is a setting", variable, service).isPresent();
      assertThat(setting.get().readers())
          .as("%s is read by %s", variable, service)
          .contains(service);
    }
    Env env = Env.of(withSecretsIn(directory));
    HttpSettings.from(env);
    LogSettings.from(env);
    TopicSettings.from(env);
    KafkaSettings.from(env);
    if (readsTheDatabase()) {
      DatabaseSettings.from(env);
    }
    env.verify();
  }

  boolean readsTheDatabase() {
    return Setting.DATABASE_URL.readers().contains(service);
  }

  /** The variables whose value would be a secret itself. */
  List<String> plainSecrets() {
    return variables.keySet().stream()
        .filter(variable -> !variable.endsWith(FILE))
        .filter(variable -> setting(variable).filter(Setting::secret).isPresent())
        .toList();
  }

  /** The files that secrets are read from. */
  List<Path> secretFiles() {
    return variables.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(FILE))
        .map(entry -> Path.of(entry.getValue()))
        .toList();
  }

  private Map<String, String> withSecretsIn(Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "correct-horse");
    Map<String, String> readable = new TreeMap<>(variables);
    readable.replaceAll((name, value) -> name.endsWith(FILE) ? secret.toString() : value);
    return readable;
  }

  private static Optional<Setting> setting(String variable) {
    return Arrays.stream(Setting.values())
        .filter(
            setting ->
                variable.equals(setting.variable())
                    || (setting.secret() && variable.equals(setting.variable() + FILE)))
        .findFirst()
        .or(() -> kafkaProperty(variable));
  }

  private static Optional<Setting> kafkaProperty(String variable) {
    String prefix = Setting.KAFKA_PROPERTIES.variable().replace("*", "");
    return variable.startsWith(prefix) ? Optional.of(Setting.KAFKA_PROPERTIES) : Optional.empty();
  }
}
