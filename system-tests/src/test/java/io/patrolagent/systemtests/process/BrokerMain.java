package io.patrolagent.systemtests.process;

import io.patrolagent.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** A broker in a process of its own: port, directory, protocol, and then {@code key=value} each. */
final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafka.Options options =
        EmbeddedKafka.Options.defaults()
            .withPort(Integer.parseInt(arguments[0]))
            .withDataDirectory(Path.of(arguments[1]))
            .withSecurityProtocol(SecurityProtocol.forName(arguments[2]));
    for (int i = 3; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      options =
          options.withBrokerOverride(
              arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    EmbeddedKafka kafka = EmbeddedKafka.start(options);
    System.out.println("broker listens on " + kafka.bootstrapServers());
    new CountDownLatch(1).await();
  }
}
