package io.patrolagent.common.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.patrolagent.common.config.LogSettings;
import io.patrolagent.common.config.SecretMask;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up logging in code, so that a service needs no file and an embedding program keeps its own.
 *
 * <p>Everything goes to one stream, standard error in a service, with {@code patrol_id}, {@code
 * partition}, {@code offset} and {@code trace_id} of the record at work where there is one, and
 * without secrets ({@link SecretMask}). Kafka's clients and Flyway are heard from WARN up: at INFO
 * they print their configuration at every start.
 */
public final class Logging {

  /** The fields of the record at work, as keys of SLF4J's {@code MDC}. */
  public static final String PATROL_ID = "patrol_id";

  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";
  public static final String TRACE_ID = "trace_id";

  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level %logger{24}"
          + part(PATROL_ID)
          + part(PARTITION)
          + part(OFFSET)
          + part(TRACE_ID)
          + " - %msg%n";

  private Logging() {}

  /** Replaces whatever was set up before. */
  public static void configure(LogSettings settings, OutputStream out) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    // the JDBC driver and OpenTelemetry write to java.util.logging, which would not mask
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    configure(context, settings, out);
  }

  static void configure(LoggerContext context, LogSettings settings, OutputStream out) {
    Encoder<ILoggingEvent> encoder =
        switch (settings.format()) {
          case TEXT -> text(context);
          case JSON -> json(context);
        };
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    MaskingEncoder masking = new MaskingEncoder(encoder);
    masking.setContext(context);
    masking.start();
    appender.setEncoder(masking);
    appender.setOutputStream(new Unclosed(out));
    appender.start();
    Level level = Level.convertAnSLF4JLevel(settings.level());
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    for (String talkative : List.of("org.apache.kafka", "org.flywaydb")) {
      context
          .getLogger(talkative)
          .setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    }
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.start();
    return encoder;
  }

  /** {@code " key=value"}, or nothing where no record is at work. */
  private static String part(String key) {
    return "%replace( " + key + "=%X{" + key + "}){'^ " + key + "=$', ''}";
  }

  /** The process's own stream outlives a context that is reset. */
  private static final class Unclosed extends java.io.FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws java.io.IOException {
      flush();
    }
  }
}
