package io.patrolagent.common.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads a time from its ISO 8601 text alone. The library's own reader also takes a number, for
 * seconds, so that a producer's milliseconds would become a patrol that expires in 50,000 years.
 */
final class InstantText extends StdScalarDeserializer<Instant> {

  private static final long serialVersionUID = 1L;

  InstantText() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    try {
      return Instant.parse(parser.getText());
    } catch (DateTimeException e) {
      return (Instant)
          context.handleWeirdStringValue(Instant.class, parser.getText(), "not an ISO 8601 time");
    }
  }
}
