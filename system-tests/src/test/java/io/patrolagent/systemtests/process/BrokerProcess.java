package io.patrolagent.systemtests.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A Kafka broker as a process, on a directory that outlives it, so that it can be killed and
 * started again with its records: what is acknowledged is in the operating system's cache.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("^broker listens on (\\S+)");

  /** After a kill the next start waits until the one before counts as gone. */
  private static final Map<String, String> NOTICES_ITS_OWN_DEATH_SOON =
      Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "500");

  private final Path directory;
  private final SecurityProtocol protocol;
  private final Map<String, String> overrides;
  private final List<String> prefix;
  private final int port;
  private OsProcess process;

  private BrokerProcess(
      int port,
      Path directory,
      SecurityProtocol protocol,
      Map<String, String> overrides,
      List<String> prefix)
      throws Exception {
    this.port = port;
    this.directory = directory;
    this.protocol = protocol;
    this.overrides = new HashMap<>(NOTICES_ITS_OWN_DEATH_SOON);
    this.overrides.putAll(overrides);
    this.prefix = prefix;
    start();
  }

  /** Returns when it answers. */
  public static BrokerProcess start(int port, Path directory, Map<String, String> overrides)
      throws Exception {
    return start(port, directory, SecurityProtocol.PLAINTEXT, overrides);
  }

  /** The same with logins or TLS, whose settings are among the overrides. */
  public static BrokerProcess start(
      int port, Path directory, SecurityProtocol protocol, Map<String, String> overrides)
      throws Exception {
    return new BrokerProcess(port, directory, protocol, overrides, List.of());
  }

  /** The same on a disk that can be filled. */
  public static BrokerProcess start(
      int port, SmallDisk disk, SecurityProtocol protocol, Map<String, String> overrides)
      throws Exception {
    return new BrokerProcess(port, disk.directory(), protocol, overrides, disk.command());
  }

  private void start() throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(ClassPath.java());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", ClassPath.own()));
    command.add(BrokerMain.class.getName());
    command.addAll(List.of(Integer.toString(port), directory.toString(), protocol.name));
    overrides.forEach((key, value) -> command.add(key + "=" + value));
    process = OsProcess.run(command, ClassPath.environment(), LISTENS);
    process.announced();
  }

  /** What a client's {@code bootstrap.servers} is set to, proxies aside. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Starts it again with the records it has; returns when it answers. */
  public void restart() throws Exception {
    close();
    start();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** SIGSTOP: it stands still where it is until {@link #cont}. */
  public void stop() throws Exception {
    OsProcess.signal(process.pid(), "STOP");
  }

  /** SIGCONT. */
  public void cont() throws Exception {
    OsProcess.signal(process.pid(), "CONT");
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public List<String> log() {
    return process.log();
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL too: nobody needs it to say goodbye. */
  @Override
  public void close() throws InterruptedException {
    process.kill();
  }
}
