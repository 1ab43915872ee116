package io.patrolagent.agentrunner.loop;

import io.opentelemetry.api.trace.SpanKind;
import io.patrolagent.common.ops.OpenSpan;
import io.patrolagent.common.ops.Tracing;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.report.Usage;

/**
 * The span {@code invoke_agent patrol} of one run, by OpenTelemetry's conventions for generative
 * AI. A run that another runner goes on with has a span there too, in the same trace; tokens are
 * those of the whole patrol, as its journal counts them.
 */
final class AgentSpan implements AutoCloseable {

  private final OpenSpan span;
  private boolean ended;

  private AgentSpan(OpenSpan span) {
    this.span = span;
  }

  static AgentSpan begin(Tracing tracing, PatrolRequest request) {
    String patrol = request.patrolId().toString();
    return new AgentSpan(
        tracing
            .begin("invoke_agent patrol", SpanKind.INTERNAL)
            .set("gen_ai.operation.name", "invoke_agent")
            .set("gen_ai.agent.name", "patrol")
            .set("gen_ai.conversation.id", patrol)
            .set("patrol.id", patrol)
            .set("patrol.report_type", request.reportType().wireName()));
  }

  /** With what came of it. */
  AgentResult ended(AgentResult result) {
    ended = true;
    Usage usage = result.usage();
    span.set("gen_ai.provider.name", usage.llmProvider())
        .set("gen_ai.response.model", usage.llmModel())
        .set("gen_ai.usage.input_tokens", usage.inputTokens())
        .set("gen_ai.usage.output_tokens", usage.outputTokens())
        .set("patrol.rounds", usage.rounds())
        .set("patrol.tool_calls", usage.toolCalls())
        .set("patrol.status", result.status().wireName());
    return result;
  }

  /** Ends it; a run without a result was stopped, or came to none. */
  @Override
  public void close() {
    if (!ended) {
      span.failed("no_report");
    }
    span.close();
  }
}
