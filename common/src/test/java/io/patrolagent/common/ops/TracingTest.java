package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.SpanKind;
import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.TracingSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TracingTest {

  @Test
  void withoutSettingsThereIsNoTraceAndNoThread() {
    try (Tracing tracing = Tracing.start(TracingSettings.none(), "aggregator");
        OpenSpan span = tracing.begin("x", SpanKind.INTERNAL)) {
      assertThat(span.traceId()).isNull();
    }
  }

  @Test
  void whatIsOpenWhenTheServiceEndsHasArrivedWithItsServicesName() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer receiver = receiver(bodies);
    String endpoint = "http://127.0.0.1:" + receiver.getAddress().getPort();

    Tracing tracing =
        Tracing.start(
            new TracingSettings(Map.of("otel.exporter.otlp.endpoint", endpoint)), "report-sink");
    try (OpenSpan span = tracing.begin("write report", SpanKind.INTERNAL)) {
      assertThat(span.traceId()).hasSize(32);
    }
    tracing.close();
    receiver.stop(0);

    assertThat(bodies).singleElement().asString().contains("report-sink", "write report");
  }

  /** Nothing listens on port 1: connections are refused at once. */
  @Test
  void aReceiverThatIsNotThereHoldsNobodyUp() {
    Tracing tracing =
        Tracing.start(
            new TracingSettings(Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:1")),
            "aggregator");
    for (int i = 0; i < 5_000; i++) { // more than the exporter's queue holds
      tracing.begin("x", SpanKind.INTERNAL).close();
    }
    tracing.close();
  }

  @Test
  void whatTheSdkCannotUseIsAnErrorOfTheConfiguration() {
    assertThatThrownBy(
            () ->
                Tracing.start(
                    new TracingSettings(Map.of("otel.traces.exporter", "zipkin")), "aggregator"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("OTEL_")
        .hasMessageContaining("zipkin");
    assertThatThrownBy(
            () ->
                Tracing.start(
                    new TracingSettings(
                        Map.of("otel.traces.exporter", "otlp", "otel.traces.sampler", "some")),
                    "aggregator"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("some");
  }

  private static HttpServer receiver(List<String> bodies) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          bodies.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
