package io.patrolagent.reportsink.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.KafkaSettings;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

  @Test
  void eachClientGetsWhatAnOperatorSetForIt() {
    KafkaSettings kafka =
        KafkaSettings.of("broker-1:9093")
            .with("security.protocol", "SASL_SSL")
            .with("sasl.mechanism", "PLAIN")
            .with("sasl.jaas.config", "a login module")
            .with("fetch.max.wait.ms", "70")
            .with("buffer.memory", "1234567");

    StreamsConfig config = new StreamsConfig(StreamsSettings.of(kafka, "t.patrol.status"));

    Map<String, Object> consumer = config.getMainConsumerConfigs("t.patrol.status", "c", 0);
    Map<String, Object> producer = config.getProducerConfigs("c");
    Map<String, Object> admin = config.getAdminConfigs("c");
    for (Map<String, Object> client : java.util.List.of(consumer, producer, admin)) {
      assertThat(client)
          .containsEntry("security.protocol", "SASL_SSL")
          .containsEntry("sasl.mechanism", "PLAIN")
          .containsEntry("sasl.jaas.config", "a login module");
    }
    assertThat(consumer).containsEntry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "70");
    assertThat(producer).containsEntry(ProducerConfig.BUFFER_MEMORY_CONFIG, "1234567");
    assertThat(AdminClientConfig.configNames()).doesNotContain("buffer.memory");
    assertThat(admin).doesNotContainKey("buffer.memory");
  }

  @Test
  void itReadsWhatIsCommittedFromTheBeginningAndSendsAtOnce() {
    Properties settings = StreamsSettings.of(KafkaSettings.of("broker-1:9092"), "patrol.status");
    StreamsConfig config = new StreamsConfig(settings);

    assertThat(config.getMainConsumerConfigs("patrol.status", "c", 0))
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("allow.auto.create.topics", "false");
    assertThat(String.valueOf(config.getProducerConfigs("c").get("linger.ms"))).isEqualTo("0");
    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("at_least_once");
  }

  @Test
  void nativeCodeForStoresOnDiskIsNotThere() {
    assertThatThrownBy(() -> Class.forName("org.rocksdb.RocksDB"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
