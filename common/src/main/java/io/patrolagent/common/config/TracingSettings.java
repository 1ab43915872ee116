package io.patrolagent.common.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * OpenTelemetry's own variables ({@code OTEL_…}), as its SDK names them: {@code otel.…}. What they
 * mean is the SDK's to say; here it is only asked whether anybody wants traces at all.
 */
public record TracingSettings(Map<String, String> properties) {

  private static final String PREFIX = "OTEL_";
  private static final String EXPORTER = "otel.traces.exporter";

  /** What is worth logging at the start; headers and certificates are not. */
  private static final List<String> TOLD =
      List.of(
          "OTEL_SDK_DISABLED",
          "OTEL_SERVICE_NAME",
          "OTEL_TRACES_EXPORTER",
          "OTEL_TRACES_SAMPLER",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  public TracingSettings {
    properties = Map.copyOf(properties);
  }

  /** No traces. */
  public static TracingSettings none() {
    return new TracingSettings(Map.of());
  }

  /** From {@code OTEL_…}, all of it; the SDK refuses later what it cannot use. */
  public static TracingSettings from(Env env) {
    Map<String, String> properties = new TreeMap<>();
    env.startingWith(PREFIX)
        .forEach(
            (variable, value) -> {
              properties.put(variable.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
              if (TOLD.contains(variable)) {
                env.effective(variable, value.strip());
              }
            });
    return new TracingSettings(properties);
  }

  /** Whether spans are to be exported: somebody names where to, or how. */
  public boolean enabled() {
    String exporter = properties.get(EXPORTER);
    return !Boolean.parseBoolean(properties.get("otel.sdk.disabled"))
        && !"none".equals(exporter)
        && (exporter != null
            || properties.containsKey("otel.exporter.otlp.endpoint")
            || properties.containsKey("otel.exporter.otlp.traces.endpoint"));
  }
}
