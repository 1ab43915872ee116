package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Headers of records, as tests want to read them. */
final class StageAssertions {

  private StageAssertions() {}

  static String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  static long longHeader(ConsumerRecord<?, ?> record, String name) {
    return ByteBuffer.wrap(record.headers().lastHeader(name).value()).getLong();
  }
}
