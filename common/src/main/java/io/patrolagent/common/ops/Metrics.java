package io.patrolagent.common.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;

/**
 * The process's metrics, each tagged with the service's name: what a service adds, the JVM's
 * memory, collections, threads, processor and uptime, and {@code patrol_build_info}. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

  /** What Prometheus asks for and {@link #scrape()} returns. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Metrics(String service) {
    registry.config().commonTags("service", service);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    // past Micrometer, which would take the suffix off the name
    Info.builder()
        .name("patrol_build_info")
        .help("What runs; always 1")
        .labelNames("service", "version", "java")
        .register(registry.getPrometheusRegistry())
        .addLabelValues(service, Build.version(), Runtime.version().toString());
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** All metrics in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
