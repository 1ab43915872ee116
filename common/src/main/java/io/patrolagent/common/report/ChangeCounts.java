package io.patrolagent.common.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How many problems changed in which way. */
public record ChangeCounts(
    @JsonProperty("new") int fresh,
    int worse,
    int better,
    int persisting,
    int resolved,
    int notAssessed) {

  public static ChangeCounts of(List<ProblemChange> problems) {
    return new ChangeCounts(
        count(problems, Change.NEW),
        count(problems, Change.WORSE),
        count(problems, Change.BETTER),
        count(problems, Change.PERSISTING),
        count(problems, Change.RESOLVED),
        count(problems, Change.NOT_ASSESSED));
  }

  private static int count(List<ProblemChange> problems, Change change) {
    return (int) problems.stream().filter(problem -> problem.change() == change).count();
  }
}
