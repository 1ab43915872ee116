package io.patrolagent.common.ops;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.Problem;
import io.patrolagent.common.config.TracingSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's spans, by OpenTelemetry. Where nobody wants them no SDK, thread or exporter is made,
 * and a trace that comes in goes out as it came.
 *
 * <p>Exporting is a thread's own: a receiver that is down costs the spans and nothing else. Nothing
 * here is global; whoever makes spans is handed this. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
  private static final String SCOPE = "io.patrolagent";
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

  /** Within what is left of a service's ten seconds when its stage has ended. */
  private static final Duration FLUSH = Duration.ofSeconds(2);

  /**
   * What the SDK would choose otherwise, and nothing here serves: gRPC, and an exporter of logs.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of("otel.traces.exporter", "otlp", "otel.exporter.otlp.protocol", "http/protobuf");

  /** Metrics are Prometheus' to scrape, and logs go to standard error. */
  private static final Map<String, String> TRACES_ALONE =
      Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");

  private final Tracer tracer;
  private final AutoCloseable sdk;

  private Tracing(OpenTelemetry telemetry, AutoCloseable sdk) {
    this.tracer = telemetry.getTracer(SCOPE, Build.version());
    this.sdk = sdk;
  }

  /** Makes no spans and hands traces on. */
  public static Tracing off() {
    return over(
        OpenTelemetry.propagating(
            ContextPropagators.create(W3CTraceContextPropagator.getInstance())));
  }

  /** Over an SDK that its maker closes. */
  public static Tracing over(OpenTelemetry telemetry) {
    return new Tracing(telemetry, () -> {});
  }

  /**
   * As {@code OTEL_…} says; off unless it says where to.
   *
   * @param service the service's name where {@code OTEL_SERVICE_NAME} gives none
   * @throws ConfigurationException if the SDK cannot use what it is told
   */
  public static Tracing start(TracingSettings settings, String service) {
    if (!settings.enabled()) {
      return off();
    }
    try {
      OpenTelemetrySdk sdk = sdk(settings, service);
      return new Tracing(sdk, () -> shutDown(sdk));
    } catch (RuntimeException unusable) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  "OTEL_…",
                  Optional.empty(),
                  "must be usable by OpenTelemetry's SDK with the exporter otlp over http/protobuf: "
                      + Cause.of(unusable),
                  Optional.empty())));
    }
  }

  private static OpenTelemetrySdk sdk(TracingSettings settings, String service) {
    Map<String, String> properties = new HashMap<>(DEFAULTS);
    properties.putAll(settings.properties());
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(() -> properties)
        .addPropertiesCustomizer(given -> TRACES_ALONE)
        .addResourceCustomizer((resource, given) -> described(resource, service))
        .build()
        .getOpenTelemetrySdk();
  }

  private static Resource described(Resource resource, String service) {
    String named = resource.getAttribute(SERVICE_NAME);
    boolean unnamed = named == null || named.startsWith("unknown_service");
    Attributes ours =
        Attributes.builder()
            .put(SERVICE_NAME, unnamed ? service : named)
            .put("service.version", Build.version())
            .put("service.instance.id", UUID.randomUUID().toString())
            .build();
    // what an operator says of an instance goes before what is made up for it
    return unnamed
        ? Resource.create(ours)
            .merge(resource)
            .merge(Resource.create(Attributes.of(SERVICE_NAME, service)))
        : Resource.create(ours).merge(resource);
  }

  private static void shutDown(OpenTelemetrySdk sdk) {
    if (!sdk.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS).isSuccess()) {
      LOG.warn("the last spans were not taken within {} s and are lost", FLUSH.toSeconds());
    }
  }

  /** Begins a span below the thread's current one and makes it current; close it on this thread. */
  public OpenSpan begin(String name, SpanKind kind) {
    return begin(name, kind, Context.current());
  }

  /** Begins a span below that context's and makes it current; close it on this thread. */
  public OpenSpan begin(String name, SpanKind kind, Context parent) {
    return new OpenSpan(start(name, kind, parent), parent);
  }

  /** Starts a span that is nobody's current one; its maker ends it. */
  public Span start(String name, SpanKind kind, Context parent) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
  }

  /** How a context travels in headers: W3C Trace Context. */
  public TextMapPropagator propagator() {
    return W3CTraceContextPropagator.getInstance();
  }

  /** Hands over what has not been exported yet, in two seconds at most. */
  @Override
  public void close() {
    try {
      sdk.close();
    } catch (Exception e) {
      LOG.warn("the exporter of spans did not stop cleanly", e);
    }
  }
}
