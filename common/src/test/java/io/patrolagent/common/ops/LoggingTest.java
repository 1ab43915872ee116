package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.common.config.LogSettings;
import io.patrolagent.common.config.LogSettings.Format;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

class LoggingTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

  LoggingTest() {
    context.setMDCAdapter(mdc);
  }

  @Test
  void textShowsTheRecordAtWork() {
    // Given
    configure(Format.TEXT, Level.INFO);
    mdc.put(Logging.PATROL_ID, "p-1");
    mdc.put(Logging.PARTITION, "3");
    mdc.put(Logging.OFFSET, "42");
    // When
    context.getLogger("io.patrolagent.Stage").info("took {} ms", 7);
    // Then
    assertThat(logged())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  io.patrolagent.Stage"
                + " patrol_id=p-1 partition=3 offset=42 - took 7 ms\n");
  }

  @Test
  void textShowsNothingWhereNoRecordIsAtWork() {
    configure(Format.TEXT, Level.INFO);
    context.getLogger("io.patrolagent.Stage").info("started");
    assertThat(logged()).endsWith(" INFO  io.patrolagent.Stage - started\n");
  }

  @Test
  void jsonIsAnObjectALineWithTheSame() throws Exception {
    // Given
    configure(Format.JSON, Level.INFO);
    mdc.put(Logging.PATROL_ID, "p-1");
    // When
    context.getLogger("io.patrolagent.Stage").warn("took {} ms", 7, new Exception("slow"));
    // Then
    assertThat(logged().lines()).hasSize(1);
    JsonNode event = new ObjectMapper().readTree(logged());
    assertThat(event.path("level").asText()).isEqualTo("WARN");
    assertThat(event.path("loggerName").asText()).isEqualTo("io.patrolagent.Stage");
    assertThat(event.path("formattedMessage").asText()).isEqualTo("took 7 ms");
    assertThat(event.path("mdc").path("patrol_id").asText()).isEqualTo("p-1");
    assertThat(event.path("throwable").path("message").asText()).isEqualTo("slow");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void noLineCarriesASecretWhereverItCameFrom(Format format) throws Exception {
    // Given
    configure(format, Level.INFO);
    mdc.put(Logging.PATROL_ID, "token=hunter1");
    Exception cause = new Exception("jdbc:postgresql://me:hunter4@db/fleet");
    // When
    context
        .getLogger("io.patrolagent.Stage")
        .info("password={} of {}", "hunter2", "c-1", new Exception("api_key: hunter3", cause));
    // Then
    assertThat(logged()).doesNotContain("hunter").contains("password=*** of c-1");
    if (format == Format.JSON) {
      assertThat(logged().lines()).hasSize(1);
      assertThat(new ObjectMapper().readTree(logged()).path("level").asText()).isEqualTo("INFO");
    }
  }

  @Test
  void theLevelIsKept() {
    configure(Format.TEXT, Level.WARN);
    context.getLogger("io.patrolagent.Stage").info("not said");
    context.getLogger("io.patrolagent.Stage").warn("said");
    assertThat(logged()).contains("said").doesNotContain("not said");
  }

  @Test
  void kafkasClientsAreHeardFromWarnUpEvenAtDebug() {
    // Given
    configure(Format.TEXT, Level.DEBUG);
    // When
    context.getLogger("org.apache.kafka.clients.consumer.ConsumerConfig").info("values: ...");
    context.getLogger("org.apache.kafka.clients.NetworkClient").warn("broker away");
    // Then
    assertThat(logged()).contains("broker away").doesNotContain("values");
  }

  private void configure(Format format, Level level) {
    Logging.configure(context, new LogSettings(format, level), out);
  }

  private String logged() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
