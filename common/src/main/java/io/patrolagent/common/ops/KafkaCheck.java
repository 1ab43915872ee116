package io.patrolagent.common.ops;

import io.patrolagent.common.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/** Whether a broker answers, asked over one kept client. Thread-safe. */
public final class KafkaCheck implements HealthCheck, AutoCloseable {

  private static final int MILLIS_TO_ANSWER = 1500;

  private final KafkaSettings settings;
  private @Nullable Admin admin;
  private boolean closed;

  /** Connects at the first check, so that a wrong address does not stop the start. */
  public KafkaCheck(KafkaSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void check() throws KafkaUnavailableException, InterruptedException {
    try {
      client()
          .describeCluster(new DescribeClusterOptions().timeoutMs(MILLIS_TO_ANSWER))
          .nodes()
          .get(MILLIS_TO_ANSWER, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw unavailable(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException slow) {
      throw unavailable(slow);
    } catch (org.apache.kafka.common.KafkaException refused) {
      throw unavailable(refused);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }

  private synchronized Admin client() throws KafkaUnavailableException {
    if (closed) {
      throw new KafkaUnavailableException("the client is closed", null);
    }
    if (admin == null) {
      Map<String, Object> config = settings.forAdmin();
      config.put(AdminClientConfig.CLIENT_ID_CONFIG, "patrol-health");
      admin = Admin.create(config);
    }
    return admin;
  }

  /** With the protocol: who speaks another one gets no answer, or none that says why. */
  private KafkaUnavailableException unavailable(Throwable cause) {
    String protocol =
        settings
            .properties()
            .getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
    return new KafkaUnavailableException(
        "no broker of " + settings.bootstrapServers() + " answers over " + protocol, cause);
  }
}
