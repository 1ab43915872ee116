package io.patrolagent.agentrunner.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a patrol's journal. Steps count from 0: a model call, the tool round that it asked
 * for, the next model call, and so on; {@code round} is the number of the model call, from 1. A
 * step that has its started entry and no done entry was interrupted, or is under way.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalEntry.Started.class, name = "started"),
  @JsonSubTypes.Type(value = JournalEntry.ModelDone.class, name = "model_done"),
  @JsonSubTypes.Type(value = JournalEntry.ToolsDone.class, name = "tools_done"),
  @JsonSubTypes.Type(value = JournalEntry.RunDone.class, name = "run_done")
})
public sealed interface JournalEntry {

  Instant at();

  /** What a step did; the next runner does not do it again. */
  sealed interface Done extends JournalEntry {
    int step();

    int round();

    /** The step's active time. */
    long durationMs();
  }

  /**
   * Written before the step begins. {@code tools} are the calls of a tool round, else empty; {@code
   * maxRounds} is the limit of rounds, {@code runBy} the process that takes the step, null in
   * entries of earlier versions.
   */
  record Started(
      int step, int round, int maxRounds, List<String> tools, @Nullable String runBy, Instant at)
      implements JournalEntry {
    public Started {
      tools = tools == null ? List.of() : List.copyOf(tools);
    }

    @JsonIgnore
    public boolean isModelCall() {
      return tools.isEmpty();
    }
  }

  /**
   * A model's answer. {@code message} is langchain4j's JSON of the AI message, {@code requestHash}
   * the hash of all that the model was sent, {@code finishReason} as langchain4j names it. {@code
   * offlineReason} says why the offline analyst was asked instead of a model; null where one was
   * asked.
   */
  record ModelDone(
      int step,
      int round,
      String requestHash,
      String message,
      @Nullable String finishReason,
      String provider,
      String model,
      ModelUsage usage,
      List<ProviderFailure> failures,
      @Nullable String offlineReason,
      long durationMs,
      Instant at)
      implements Done {
    public ModelDone {
      failures = failures == null ? List.of() : List.copyOf(failures);
    }
  }

  /**
   * The answers of a tool round in the order of the calls. {@code note} is what the loop itself has
   * to say to the model after them; {@code toolsWithdrawn} says that no more calls will be
   * answered.
   */
  record ToolsDone(
      int step,
      int round,
      List<ToolAnswer> answers,
      @Nullable String note,
      boolean toolsWithdrawn,
      long durationMs,
      Instant at)
      implements Done {
    public ToolsDone {
      answers = answers == null ? List.of() : List.copyOf(answers);
    }
  }

  /**
   * What a tool answered: one line of JSON, masked and perhaps cut. {@code executed} is false where
   * the answer came from the patrol's cache or no tool was asked.
   */
  record ToolAnswer(
      @Nullable String id,
      String tool,
      String arguments,
      String result,
      boolean error,
      boolean executed,
      long durationMs,
      Instant at) {}

  /** The patrol has ended; nothing is done for it any more. */
  record RunDone(Instant at) implements JournalEntry {}
}
