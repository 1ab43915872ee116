package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSettingsTest {

  @Test
  void nobodyIsSentAnythingUnlessSomebodyNamesWhereTo() {
    assertThat(read(Map.of()).enabled()).isFalse();
    assertThat(read(Map.of("OTEL_SERVICE_NAME", "patrols")).enabled()).isFalse();
    assertThat(read(Map.of("OTEL_TRACES_EXPORTER", "none")).enabled()).isFalse();
    assertThat(read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x", "OTEL_SDK_DISABLED", "true")))
        .extracting(TracingSettings::enabled)
        .isEqualTo(false);
  }

  @Test
  void anEndpointOrAnExporterAsksForTraces() {
    assertThat(read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x")).enabled()).isTrue();
    assertThat(read(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://x")).enabled()).isTrue();
    assertThat(read(Map.of("OTEL_TRACES_EXPORTER", "otlp")).enabled()).isTrue();
  }

  @Test
  void propertiesHaveTheNamesOfTheSdk() {
    assertThat(read(Map.of("OTEL_TRACES_SAMPLER_ARG", " 0.1 ", "OTHER", "x")).properties())
        .containsExactly(Map.entry("otel.traces.sampler.arg", "0.1"));
  }

  @Test
  void whatIsLoggedAtTheStartHoldsNoHeaders() {
    Env env =
        Env.of(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318",
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer hunter2"));
    TracingSettings.from(env);

    assertThat(env.effective())
        .containsExactly(Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"));
    assertThatCode(env::verify).doesNotThrowAnyException();
  }

  private static TracingSettings read(Map<String, String> variables) {
    return TracingSettings.from(Env.of(variables));
  }
}
