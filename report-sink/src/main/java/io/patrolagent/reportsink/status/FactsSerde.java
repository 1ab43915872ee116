package io.patrolagent.reportsink.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patrolagent.common.event.EventCodec;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes.WrapperSerde;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts as the store's changelog has them: JSON. */
final class FactsSerde extends WrapperSerde<PatrolFacts> {

  private static final Logger LOG = LoggerFactory.getLogger(FactsSerde.class);
  private static final JsonMapper JSON = EventCodec.mapper();

  FactsSerde() {
    super((topic, facts) -> write(facts), (topic, bytes) -> read(bytes));
  }

  private static byte @Nullable [] write(@Nullable PatrolFacts facts) {
    try {
      return facts == null ? null : JSON.writeValueAsBytes(facts);
    } catch (JsonProcessingException e) {
      throw new SerializationException("facts of a patrol cannot be written", e);
    }
  }

  /** What another version wrote and this one cannot read counts as not known. */
  private static @Nullable PatrolFacts read(byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : JSON.readValue(bytes, PatrolFacts.class);
    } catch (IOException e) {
      LOG.warn("facts of a patrol cannot be read and count as not known");
      return null;
    }
  }
}
