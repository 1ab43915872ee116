package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.HttpSettings;
import io.patrolagent.common.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

  private final Health health = new Health();
  private final Metrics metrics = new Metrics("aggregator");
  private final FakeCheck database = new FakeCheck("database");
  private final HttpClient client = HttpClient.newHttpClient();
  private HealthServer server;

  @AfterEach
  void close() {
    server.close();
    metrics.close();
    health.close();
  }

  @Test
  void liveAndReadyAreToldByStatusAndBody() throws Exception {
    // Given
    database.down(new Exception("gone"));
    health.dependency(database);
    serve(null);
    // When
    HttpResponse<String> live = get("/health/live");
    HttpResponse<String> ready = get("/health/ready");
    // Then
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    assertThat(live.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"cause\":\"gone\"");
  }

  @Test
  void metricsOnLoopbackNeedNoToken() throws Exception {
    // Given
    serve(null);
    // When
    HttpResponse<String> answer = get("/metrics");
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(answer.body()).contains("jvm_memory_used_bytes{");
  }

  @Test
  void aTokenThatIsSetIsAskedForOnLoopbackToo() throws Exception {
    // Given
    serve("correct-horse");
    // Then
    HttpResponse<String> without = get("/metrics");
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(without.body()).contains("PATROL_HTTP_TOKEN").doesNotContain("correct-horse");
    assertThat(get("/metrics", "Bearer wrong-horse").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "Basic correct-horse").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "bearer correct-horse").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void otherPathsAreNotFoundAndSaidSoInJson() throws Exception {
    serve(null);
    for (String path : new String[] {"/", "/health", "/health/live/", "/metricsx"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).startsWith("{\"error\":\"only /health/live");
    }
  }

  @Test
  void onlyGetAndHeadAreAnswered() throws Exception {
    // Given
    serve(null);
    // When
    HttpResponse<String> post = send(request("/health/live").POST(bodyless()).build());
    HttpResponse<String> head = send(request("/health/live").method("HEAD", bodyless()).build());
    // Then
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    serve(null);
    assertThatThrownBy(
            () ->
                HealthServer.start(
                    new HttpSettings("127.0.0.1", server.port(), Optional.empty()),
                    health,
                    metrics))
        .hasMessage(
            "cannot listen on 127.0.0.1:"
                + server.port()
                + " (PATROL_HTTP_HOST, PATROL_HTTP_PORT)");
  }

  @Test
  void theAddressCanBeOpened() throws Exception {
    serve(null);
    assertThat(server.address()).isEqualTo(URI.create("http://127.0.0.1:" + server.port()));
  }

  private void serve(String token) throws Exception {
    server =
        HealthServer.start(
            new HttpSettings("127.0.0.1", 0, Optional.ofNullable(token).map(Secret::new)),
            health,
            metrics);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).build());
  }

  private HttpResponse<String> get(String path, String authorization) throws Exception {
    return send(request(path).header("Authorization", authorization).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpRequest.BodyPublisher bodyless() {
    return HttpRequest.BodyPublishers.noBody();
  }
}
