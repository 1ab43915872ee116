package io.patrolagent.agentrunner.provider;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one attempt: langchain4j's client speaks through it, and it keeps what it saw.
 *
 * <p>langchain4j hands on neither headers nor what went wrong below it in a form that can be told
 * apart, and the JDK's own timeout ends with the headers, so that a body that dribbles would hold a
 * call for ever. Here the timeout is that of the whole exchange. Used once, by one thread.
 */
final class Exchange implements HttpClient, HttpClientBuilder {

  private static final int MOST_BYTES = 16 << 20;

  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private @Nullable Reply reply;
  private @Nullable Exception failure;

  Exchange(java.net.http.HttpClient http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  /** What was answered, if anything was, whole. */
  @Nullable Reply reply() {
    return reply;
  }

  /** A {@link TimeoutException}, {@link InterruptedException} or what broke the connection. */
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(toJdk(request), head -> new BoundedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return received(response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ended(e);
    } catch (TimeoutException e) {
      throw ended(e);
    } catch (ExecutionException e) {
      throw ended(e.getCause() instanceof Exception cause ? cause : e);
    } finally {
      sent.cancel(true); // closes the connection where the answer is not complete
    }
  }

  private SuccessfulHttpResponse received(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    Reply received = new Reply(response.statusCode(), response.headers(), body);
    reply = received;
    if (!received.isSuccess()) {
      throw new HttpException(received.status(), "status " + received.status());
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(received.status())
        .headers(received.headers().map())
        .body(response.body())
        .build();
  }

  private IllegalStateException ended(Exception cause) {
    failure = cause;
    return new IllegalStateException("the exchange did not end with an answer", cause);
  }

  private static java.net.http.HttpRequest toJdk(HttpRequest request) {
    URI uri = URI.create(request.url());
    String body = request.body();
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(uri)
            .method(
                request.method().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if ("http".equalsIgnoreCase(uri.getScheme())) {
      // servers of local models answer an offer to upgrade with an error, or lose the body
      builder.version(Version.HTTP_1_1);
    }
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    listener.onError(new IOException("answers are not streamed"));
  }

  @Override
  public HttpClient build() {
    return this;
  }

  @Override
  public Duration connectTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration ignored) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration ignored) {
    return this;
  }
}
