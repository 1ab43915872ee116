package io.patrolagent.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What an OpenTelemetry collector is to a service: OTLP over HTTP, in protobuf. */
final class TraceReceiver implements AutoCloseable {

  /** A span, with what tests look at. */
  record Received(
      String service,
      String name,
      String traceId,
      String spanId,
      String parentId,
      Map<String, String> attributes) {}

  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private TraceReceiver(HttpServer server) {
    this.server = server;
  }

  static TraceReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TraceReceiver receiver = new TraceReceiver(server);
    server.createContext("/v1/traces", receiver::receive);
    server.start();
    return receiver;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Received> spans() {
    return spans;
  }

  private void receive(HttpExchange exchange) throws IOException {
    var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
    request
        .getResourceSpansList()
        .forEach(
            resource -> {
              String service = text(resource.getResource().getAttributesList()).get("service.name");
              resource
                  .getScopeSpansList()
                  .forEach(
                      scope ->
                          scope
                              .getSpansList()
                              .forEach(
                                  span ->
                                      spans.add(
                                          new Received(
                                              service,
                                              span.getName(),
                                              hex(span.getTraceId().toByteArray()),
                                              hex(span.getSpanId().toByteArray()),
                                              hex(span.getParentSpanId().toByteArray()),
                                              text(span.getAttributesList())))));
            });
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private static Map<String, String> text(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                attribute ->
                    attribute.getValue().hasIntValue()
                        ? Long.toString(attribute.getValue().getIntValue())
                        : attribute.getValue().getStringValue()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
