package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider and its answer, through a langchain4j client of its own: what is known
 * about a failure is what its {@link Exchange} saw, not what the client made of it.
 */
record WireAttempt(Dialect dialect, HttpClient http, PriceTable prices, Clock clock)
    implements Attempt {

  @Override
  public Outcome run(ChatRequest request, Duration timeout) throws InterruptedException {
    Exchange exchange = new Exchange(http, timeout);
    ChatRequest prepared =
        dialect.prepare(PortableMessages.readableBy(dialect.provider(), request));
    try {
      return answer(dialect.over(exchange).chat(prepared), exchange.reply());
    } catch (RuntimeException thrown) {
      return failed(thrown, exchange, timeout);
    }
  }

  private Outcome answer(ChatResponse response, @Nullable Reply reply) {
    ModelUsage usage = usage(response);
    AiMessage message = response.aiMessage();
    JsonNode body = reply == null ? MissingNode.getInstance() : reply.json();
    FinishReason finish = dialect.finishReason(body, response.finishReason());
    if (finish == FinishReason.CONTENT_FILTER) {
      return new Outcome.Failed(Reason.REFUSED, "the answer was withheld").costing(usage);
    }
    boolean text = message != null && message.text() != null && !message.text().isBlank();
    if (message == null || (!text && !message.hasToolExecutionRequests())) {
      return new Outcome.Failed(
              Reason.EMPTY_ANSWER, "neither text nor tool calls (finish reason " + finish + ")")
          .costing(usage);
    }
    return new Outcome.Answered(
        PortableMessages.signedBy(dialect.provider(), message), finish, modelName(response), usage);
  }

  private Outcome failed(RuntimeException thrown, Exchange exchange, Duration timeout)
      throws InterruptedException {
    Exception failure = exchange.failure();
    if (failure instanceof InterruptedException) {
      Thread.interrupted(); // the exception says it from here on
      throw new InterruptedException("interrupted while " + dialect.provider() + " was asked");
    }
    if (failure instanceof TimeoutException) {
      return new Outcome.Failed(Reason.TIMEOUT, "no whole answer within " + timeout);
    }
    if (failure != null) {
      return new Outcome.Failed(Reason.CONNECTION, said(failure));
    }
    Reply reply = exchange.reply();
    if (reply == null) {
      return new Outcome.Failed(
          Reason.INVALID_REQUEST, "the request cannot be made: " + said(thrown));
    }
    if (!reply.isSuccess()) {
      return new Outcome.Failed(
          ErrorBody.reason(reply),
          ErrorBody.message(reply),
          RetryAfter.of(reply, clock.instant()),
          ModelUsage.NONE);
    }
    return unusable(thrown, reply);
  }

  /** Answered with success, but not with an answer. */
  private Outcome unusable(RuntimeException thrown, Reply reply) {
    JsonNode body = reply.json();
    if (thrown instanceof ContentFilteredException
        || dialect.finishReason(body, null) == FinishReason.CONTENT_FILTER) {
      return new Outcome.Failed(Reason.REFUSED, "the request was refused");
    }
    if (ErrorBody.error(body).isObject()) {
      return new Outcome.Failed(ErrorBody.reasonWithin(body), ErrorBody.message(reply));
    }
    return new Outcome.Failed(
        Reason.MALFORMED_ANSWER, "an answer that cannot be read (" + length(reply) + ")");
  }

  private ModelUsage usage(ChatResponse response) {
    TokenUsage tokens = response.tokenUsage();
    ModelUsage usage = tokens == null ? ModelUsage.NONE : ReportedUsage.of(tokens);
    return prices.price(usage, modelName(response), dialect.model());
  }

  private String modelName(ChatResponse response) {
    return Optional.ofNullable(response.modelName())
        .filter(name -> !name.isBlank())
        .orElse(dialect.model());
  }

  /** Names what happened at the root: an I/O exception often has no message of its own. */
  private static String said(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String length(Reply reply) {
    return reply.body().isEmpty() ? "no body" : reply.body().length() + " letters";
  }
}
