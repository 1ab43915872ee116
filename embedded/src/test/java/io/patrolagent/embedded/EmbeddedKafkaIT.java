package io.patrolagent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void close() {
    kafka.close();
  }

  @Test
  void whatATransactionCommitsIsReadAndWhatItAbortsIsNot() throws Exception {
    // given
    Records records = new Records(kafka.bootstrapServers(), "round-trip").createTopic();

    // when
    records.commit("kept");
    records.abort("dropped");

    // then
    assertThat(records.committed()).containsExactly("kept");
  }

  @Test
  void aDeadLetterOfFiveMebibytesIsAccepted() throws Exception {
    // given
    Records records = new Records(kafka.bootstrapServers(), "large").createTopic();
    String incompressible = randomLetters(5 * 1024 * 1024);

    // when
    records.commit(incompressible);

    // then
    assertThat(records.committed()).containsExactly(incompressible);
  }

  @Test
  void aTopicThatNobodyCreatedIsNotCreatedByAskingForIt() {
    // given
    Records records = new Records(kafka.bootstrapServers(), "nobody-created-me");

    // when / then
    assertThatThrownBy(records::awaitTopic)
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("Topic nobody-created-me not present");
  }

  @Test
  void aRestartKeepsPortAndRecords() throws Exception {
    // given
    Records records = new Records(kafka.bootstrapServers(), "restarted").createTopic();
    records.commit("before");
    String before = kafka.bootstrapServers();

    // when
    kafka.stop();
    assertThat(isListening(kafka.port())).isFalse();
    kafka.restart();

    // then
    assertThat(kafka.bootstrapServers()).isEqualTo(before);
    records.commit("after");
    assertThat(records.committed()).containsExactly("before", "after");
  }

  @Test
  void aGivenDirectoryKeepsItsRecordsForTheNextBroker(@TempDir Path directory) throws Exception {
    // given
    EmbeddedKafka.Options options = EmbeddedKafka.Options.defaults().withDataDirectory(directory);
    try (EmbeddedKafka first = EmbeddedKafka.start(options)) {
      new Records(first.bootstrapServers(), "kept").createTopic().commit("from the first");
    }

    // when
    try (EmbeddedKafka second = EmbeddedKafka.start(options)) {

      // then, once the log's high watermark is known again
      Records kept = new Records(second.bootstrapServers(), "kept");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(kept.committed()).containsExactly("from the first"));
    }
  }

  @Test
  void aTakenPortIsNamedWithTheRemedy() throws Exception {
    // given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedKafka.Options options =
          EmbeddedKafka.Options.defaults().withPort(taken.getLocalPort());

      // when / then
      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("Port " + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void aDirectoryOfARunningBrokerIsRefused(@TempDir Path directory) {
    // given
    EmbeddedKafka.Options options = EmbeddedKafka.Options.defaults().withDataDirectory(directory);
    try (EmbeddedKafka running = EmbeddedKafka.start(options)) {

      // when / then
      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("choose another directory");
      assertThat(isListening(running.port())).isTrue();
    }
  }

  @Test
  void aStartThatFailsHalfWayStopsWhatItStarted(@TempDir Path directory) throws Exception {
    // given
    EmbeddedKafka.Options good =
        EmbeddedKafka.Options.defaults().withPort(LoopbackPort.free()).withDataDirectory(directory);
    EmbeddedKafka.Options bad = good.withBrokerOverride("authorizer.class.name", "no.such.Class");

    // when
    assertThatThrownBy(() -> EmbeddedKafka.start(bad))
        .isInstanceOf(EmbeddedStartException.class)
        .hasStackTraceContaining("no.such.Class");

    // then
    try (EmbeddedKafka second = EmbeddedKafka.start(good)) {
      assertThat(isListening(second.port())).isTrue();
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static String randomLetters(int length) {
    return new Random(7)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
