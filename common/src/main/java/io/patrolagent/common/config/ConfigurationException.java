package io.patrolagent.common.config;

import java.util.List;
import java.util.stream.Collectors;

/** The process cannot start as it is configured; carries every problem, not just the first. */
public final class ConfigurationException extends RuntimeException {

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> "  " + problem)
            .collect(
                Collectors.joining(
                    "\n",
                    problems.size() == 1
                        ? "1 problem in the configuration:\n"
                        : problems.size() + " problems in the configuration:\n",
                    "")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
