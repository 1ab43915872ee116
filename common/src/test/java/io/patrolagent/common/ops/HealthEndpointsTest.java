package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.config.Secret;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told to a network; asked without one, so that no test listens to it. */
class HealthEndpointsTest {

  private static final String DOWN = "{\"status\":\"DOWN\"}";
  private static final Access OPEN = new Access(false, Optional.empty());
  private static final Access GUARDED = new Access(false, Optional.of(new Secret("correct-horse")));

  private final Health health = new Health();
  private final Metrics metrics = new Metrics("aggregator");

  @BeforeEach
  void databaseIsDown() {
    health.dependency(new FakeCheck("database").down(new Exception("gone")));
  }

  @AfterEach
  void close() {
    metrics.close();
    health.close();
  }

  @Test
  void withoutATokenOnlyTheStatusIsTold() {
    assertThat(ask(OPEN, "/health/ready", null)).isEqualTo(reply(503, DOWN));
    assertThat(ask(OPEN, "/health/ready", "Bearer null")).isEqualTo(reply(503, DOWN));
    assertThat(ask(OPEN, "/health/live", null)).isEqualTo(reply(200, "{\"status\":\"UP\"}"));
  }

  @Test
  void withoutATokenMetricsAreRefusedWithTheRemedy() {
    Reply refused = ask(OPEN, "/metrics", "Bearer anything");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("set PATROL_HTTP_TOKEN").doesNotContain("jvm_");
  }

  @Test
  void theTokenOpensCausesAndMetrics() {
    assertThat(ask(GUARDED, "/health/ready", null)).isEqualTo(reply(503, DOWN));
    assertThat(ask(GUARDED, "/health/ready", "Bearer wrong")).isEqualTo(reply(503, DOWN));
    assertThat(ask(GUARDED, "/health/ready", "Bearer correct-horse").body()).contains("gone");
    assertThat(ask(GUARDED, "/metrics", null).status()).isEqualTo(401);
    assertThat(ask(GUARDED, "/metrics", "Bearer correct-horse").status()).isEqualTo(200);
  }

  @Test
  void whoListensOnANetworkIsToldWhatThatMeans() {
    assertThat(OPEN.warning("0.0.0.0"))
        .contains(
            "PATROL_HTTP_HOST=0.0.0.0 is reachable from the network: /health/* tells the status"
                + " alone there, /metrics is refused without PATROL_HTTP_TOKEN");
    assertThat(GUARDED.warning("0.0.0.0"))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .endsWith("/metrics asks for PATROL_HTTP_TOKEN")
                    .doesNotContain("correct-horse"));
    assertThat(new Access(true, Optional.empty()).warning("127.0.0.1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.8.8, true",
    "::1, true",
    "0.0.0.0, false",
    "::, false",
    "10.0.0.1, false"
  })
  void onlyLoopbackIsTrustedWithoutAToken(String address, boolean trusted) throws Exception {
    Access access = Access.to(InetAddress.getByName(address), Optional.empty());
    assertThat(access.loopback()).isEqualTo(trusted);
    assertThat(access.servesMetrics()).isEqualTo(trusted);
  }

  private Reply ask(Access access, String path, String authorization) {
    return new HealthEndpoints(health, metrics, access)
        .answer(new Request("GET", path, Optional.ofNullable(authorization)));
  }

  private static Reply reply(int status, String body) {
    return Reply.json(status, body);
  }
}
