package io.patrolagent.agentrunner.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.tool.ToolArguments;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.agentrunner.tool.ToolRefusal;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.config.SecretMask;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.ops.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of a round, side by side on a bounded pool, each within its time. Whatever goes
 * wrong with a call is told to the model as the call's answer. A call that the patrol has made
 * before is answered as it was then. Secrets in what comes back are masked. Thread-safe.
 */
final class ToolRound {

  /** How a round's calls are made: the pool, and what bounds each call. */
  record Options(ExecutorService pool, Duration timeout, int maxCalls, int maxCharacters) {}

  private static final Logger LOG = LoggerFactory.getLogger(ToolRound.class);
  private static final ObjectMapper JSON = EventCodec.mapper();

  private final Toolbox toolbox;
  private final ObservedTools observed;
  private final Options options;
  private final Clock clock;

  ToolRound(Toolbox toolbox, Options options, Telemetry telemetry, Clock clock) {
    this.toolbox = toolbox;
    this.observed = new ObservedTools(toolbox, telemetry);
    this.options = options;
    this.clock = clock;
  }

  /**
   * Each call's answer, in the order of the calls; {@code earlier} are those of the patrol so far.
   */
  List<ToolAnswer> answer(
      List<ToolExecutionRequest> calls, List<ToolAnswer> earlier, ToolContext context)
      throws InterruptedException {
    Map<CallKey, ToolAnswer> known = new HashMap<>();
    earlier.stream()
        .filter(answer -> !answer.error())
        .forEach(answer -> known.put(CallKey.of(answer.tool(), answer.arguments()), answer));
    Map<CallKey, Future<ToolAnswer>> running = new LinkedHashMap<>();
    for (ToolExecutionRequest call : calls.stream().limit(options.maxCalls()).toList()) {
      CallKey key = key(call);
      if (!known.containsKey(key) && !running.containsKey(key)) {
        running.put(key, options.pool().submit(() -> execute(call, context)));
      }
    }
    try {
      long deadline = System.nanoTime() + options.timeout().toNanos();
      List<ToolAnswer> answers = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        ToolExecutionRequest call = calls.get(i);
        ToolAnswer former = known.get(key(call));
        if (i >= options.maxCalls()) {
          answers.add(
              error(
                  call,
                  "only the first %d calls of a round are made; call again"
                      .formatted(options.maxCalls())));
        } else if (former != null) {
          answers.add(again(call, former));
        } else {
          ToolAnswer answer = await(call, Objects.requireNonNull(running.get(key(call))), deadline);
          answers.add(again(call, answer, answers.stream().noneMatch(a -> isSame(a, call))));
        }
      }
      return answers;
    } finally {
      running.values().forEach(future -> future.cancel(true));
    }
  }

  /** The answers to calls that are not made. */
  List<ToolAnswer> refuse(List<ToolExecutionRequest> calls, String reason) {
    return calls.stream()
        .map(call -> error(call, "tools are withdrawn: " + reason + "; write the report now"))
        .toList();
  }

  private ToolAnswer await(ToolExecutionRequest call, Future<ToolAnswer> answer, long deadline)
      throws InterruptedException {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return error(
          call,
          "%s did not answer within %d s; ask for less, or go on without it"
              .formatted(call.name(), options.timeout().toSeconds()));
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      LOG.warn("tool {} failed: {}", call.name(), cause.toString());
      return error(call, call.name() + " failed: " + cause.getMessage());
    }
  }

  private ToolAnswer execute(ToolExecutionRequest call, ToolContext context) throws Exception {
    long begin = System.nanoTime();
    try {
      String result =
          JSON.writeValueAsString(
              observed.observe(
                  call,
                  () ->
                      toolbox
                          .find(call.name())
                          .call(ToolArguments.parse(call.arguments()), context)));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      return answer(call, result, false, true, millis);
    } catch (ToolRefusal e) {
      return error(call, e.getMessage());
    }
  }

  private ToolAnswer error(ToolExecutionRequest call, @Nullable String message) {
    try {
      String result = JSON.writeValueAsString(Map.of("error", String.valueOf(message)));
      return answer(call, result, true, false, 0);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text can be written as JSON", e);
    }
  }

  private ToolAnswer answer(
      ToolExecutionRequest call, String result, boolean error, boolean executed, long millis) {
    return new ToolAnswer(
        call.id(),
        call.name(),
        SecretMask.mask(arguments(call)),
        OutputCap.cut(SecretMask.mask(result), options.maxCharacters()),
        error,
        executed,
        millis,
        clock.instant());
  }

  private static ToolAnswer again(ToolExecutionRequest call, ToolAnswer former) {
    return again(call, former, false);
  }

  private static ToolAnswer again(ToolExecutionRequest call, ToolAnswer answer, boolean first) {
    return new ToolAnswer(
        call.id(),
        call.name(),
        answer.arguments(),
        answer.result(),
        answer.error(),
        first && answer.executed(),
        first ? answer.durationMs() : 0,
        answer.at());
  }

  private static boolean isSame(ToolAnswer answer, ToolExecutionRequest call) {
    return CallKey.of(answer.tool(), answer.arguments()).equals(key(call));
  }

  private static CallKey key(ToolExecutionRequest call) {
    return CallKey.of(call.name(), arguments(call));
  }

  private static String arguments(ToolExecutionRequest call) {
    return call.arguments() == null ? "" : call.arguments();
  }
}
