package io.patrolagent.common.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import io.patrolagent.common.config.SecretMask;
import java.nio.charset.StandardCharsets;

/**
 * Masks secrets in the finished line, whichever part they came with: message, arguments, stack
 * trace or context.
 */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {

  private final Encoder<ILoggingEvent> line;

  MaskingEncoder(Encoder<ILoggingEvent> line) {
    this.line = line;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String text = new String(line.encode(event), StandardCharsets.UTF_8);
    return SecretMask.mask(text).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return line.headerBytes();
  }

  @Override
  public byte[] footerBytes() {
    return line.footerBytes();
  }
}
