package io.patrolagent.systemtests.deployment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Dockerfile's instructions by stage, with continued lines joined and comments left out. */
record Dockerfile(Map<String, List<String>> stages) {

  static Dockerfile read() throws IOException {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    List<String> stage = new ArrayList<>();
    String joined =
        Repository.text("Dockerfile").replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
    for (String instruction : joined.lines().filter(line -> !line.isBlank()).toList()) {
      if (instruction.startsWith("FROM ")) {
        stage = new ArrayList<>();
        stages.put(instruction.substring(instruction.lastIndexOf(' ') + 1), stage);
      }
      stage.add(instruction);
    }
    return new Dockerfile(stages);
  }

  /** Who the services run as. */
  String user() {
    return argument("runtime", "USER").strip();
  }

  /** What follows the stage's only instruction of that name. */
  String argument(String stage, String instruction) {
    List<String> found =
        stages.getOrDefault(stage, List.of()).stream()
            .filter(line -> line.startsWith(instruction + " "))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "stage " + stage + " must have one " + instruction + ", found " + found);
    }
    return found.get(0).substring(instruction.length() + 1);
  }
}
