package io.patrolagent.agentrunner.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.SpanKind;
import io.patrolagent.agentrunner.tool.ToolRefusal;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.ops.OpenSpan;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import java.util.concurrent.Callable;

/**
 * Times and traces the calls of tools: a span {@code execute_tool NAME} by OpenTelemetry's
 * conventions for generative AI, without arguments and answers. A name that a model made up is
 * {@code unknown}, since names are labels. Thread-safe.
 */
final class ObservedTools {

  private static final String UNKNOWN = "unknown";

  private final Toolbox toolbox;
  private final Tracing tracing;
  private final MeterRegistry meters;

  ObservedTools(Toolbox toolbox, Telemetry telemetry) {
    this.toolbox = toolbox;
    this.tracing = telemetry.tracing();
    this.meters = telemetry.meters();
  }

  /** Makes the call and hands on what comes of it. */
  <T> T observe(ToolExecutionRequest call, Callable<T> tool) throws Exception {
    String name = toolbox.has(call.name()) ? call.name() : UNKNOWN;
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try (OpenSpan span = tracing.begin("execute_tool " + name, SpanKind.INTERNAL)) {
      span.set("gen_ai.operation.name", "execute_tool")
          .set("gen_ai.tool.name", name)
          .set("gen_ai.tool.type", "function")
          .set("gen_ai.tool.call.id", call.id());
      try {
        T answer = tool.call();
        outcome = "answered";
        return answer;
      } catch (ToolRefusal e) {
        outcome = "refused"; // the call was wrong, not the tool
        throw e;
      } catch (Exception e) {
        // a call that took too long is interrupted, whatever its tool makes of that
        outcome =
            e instanceof InterruptedException || Thread.currentThread().isInterrupted()
                ? "interrupted"
                : "failed";
        throw e;
      } finally {
        if (!outcome.equals("answered")) {
          span.failed(outcome);
        }
      }
    } finally {
      sample.stop(meters.timer("patrol.tool.calls", "tool", name, "outcome", outcome));
    }
  }
}
