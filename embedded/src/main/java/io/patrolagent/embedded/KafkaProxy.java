package io.patrolagent.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy that reads the headers of Kafka's requests, so that a test can lose, hold or slow
 * down exactly those it means. The broker has to advertise the proxy's port, and speak without TLS.
 *
 * <p>One rule at a time; the next one replaces it. A broker that is down refuses the connection
 * behind the proxy, which then closes its client's. Thread-safe.
 */
public final class KafkaProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaProxy.class);

  /** Api key of EndTxn, the request that commits or aborts a transaction. */
  public static final short END_TXN = 26;

  /** A request as its header tells: api key, and the client id its sender was configured with. */
  public record Request(short apiKey, String clientId) {}

  /** What becomes of a request. */
  public enum Fate {
    PASS,
    /** The broker never gets it, and its sender no answer on that connection. */
    LOSE_REQUEST,
    /** The broker gets it, and its sender no answer on that connection. */
    LOSE_ANSWER,
    /** It waits for {@link #thaw}, and with it all that follows on that connection. */
    HOLD
  }

  private final ServerSocket server;
  private final int brokerPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Rule rule = new Rule(request -> false, Fate.PASS, false);
  private volatile Duration latency = Duration.ZERO;
  private volatile CountDownLatch frozen = new CountDownLatch(0);

  /** Which requests meet which fate, all of them or the first alone. */
  private static final class Rule {
    final Predicate<Request> requests;
    final Fate fate;
    final boolean once;
    final CountDownLatch met = new CountDownLatch(1);

    Rule(Predicate<Request> requests, Fate fate, boolean once) {
      this.requests = requests;
      this.fate = fate;
      this.once = once;
    }

    synchronized Fate of(Request request) {
      if (!requests.test(request) || (once && met.getCount() == 0)) {
        return Fate.PASS;
      }
      met.countDown();
      return fate;
    }
  }

  private KafkaProxy(ServerSocket server, int brokerPort) {
    this.server = server;
    this.brokerPort = brokerPort;
  }

  /** A listening socket whose port the broker can be told to advertise. */
  public static ServerSocket reserve() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Passes everything on to the broker of that port, which does not have to listen yet. */
  public static KafkaProxy start(ServerSocket reserved, int brokerPort) {
    KafkaProxy proxy = new KafkaProxy(reserved, brokerPort);
    thread("kafka-proxy", proxy::accept);
    return proxy;
  }

  /** What a client's {@code bootstrap.servers} is set to. */
  public String address() {
    return LoopbackPort.HOST + ":" + server.getLocalPort();
  }

  /** The first such request meets that fate; the latch falls when it does. */
  public CountDownLatch once(Fate fate, Predicate<Request> requests) {
    return apply(new Rule(requests, fate, true));
  }

  /** Every such request meets that fate, until {@link #thaw}; the latch falls with the first. */
  public CountDownLatch always(Fate fate, Predicate<Request> requests) {
    return apply(new Rule(requests, fate, false));
  }

  /** Nothing that these clients send arrives before {@link #thaw}. */
  public CountDownLatch freeze(Predicate<String> clientIds) {
    return always(Fate.HOLD, request -> clientIds.test(request.clientId()));
  }

  /** Every request of every client arrives that much later; zero is as fast as it goes. */
  public void delay(Duration each) {
    latency = each;
  }

  private CountDownLatch apply(Rule next) {
    if (next.fate == Fate.HOLD && frozen.getCount() == 0) {
      frozen = new CountDownLatch(1); // what is held already stays held
    }
    rule = next;
    return next.met;
  }

  /** What was held goes on its way, and nothing more is held or lost. */
  public void thaw() {
    rule = new Rule(request -> false, Fate.PASS, false);
    frozen.countDown();
  }

  /** Closes every connection that is open now. */
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      try {
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), brokerPort));
        thread("kafka-proxy-requests", link::requests);
        thread("kafka-proxy-answers", link::answers);
      } catch (IOException e) {
        LOG.debug("The broker on port {} takes no connection: {}", brokerPort, e.getMessage());
        client.close();
      }
    }
  }

  /** A client's connection and the broker's for it. */
  private final class Link {
    private final Socket client;
    private final Socket broker;
    private volatile boolean deaf;

    Link(Socket client, Socket broker) throws IOException {
      this.client = client;
      this.broker = broker;
      client.setTcpNoDelay(true);
      broker.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(broker);
    }

    void requests() throws IOException {
      try {
        var in = new DataInputStream(client.getInputStream());
        var out = new DataOutputStream(broker.getOutputStream());
        while (true) {
          byte[] frame = in.readNBytes(in.readInt());
          Fate fate = rule.of(header(frame));
          CountDownLatch thaw = frozen; // which a rule that holds has set before itself
          deaf |= fate == Fate.LOSE_REQUEST || fate == Fate.LOSE_ANSWER;
          if (fate == Fate.HOLD) {
            thaw.await();
          }
          TimeUnit.MILLISECONDS.sleep(latency.toMillis());
          if (fate != Fate.LOSE_REQUEST) {
            write(out, frame);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        close();
      }
    }

    void answers() throws IOException {
      try {
        var in = new DataInputStream(broker.getInputStream());
        var out = new DataOutputStream(client.getOutputStream());
        while (true) {
          byte[] frame = in.readNBytes(in.readInt());
          if (!deaf) {
            write(out, frame);
          }
        }
      } finally {
        close();
      }
    }

    private void close() throws IOException {
      sockets.remove(client);
      sockets.remove(broker);
      client.close();
      broker.close();
    }
  }

  private static void write(DataOutputStream out, byte[] frame) throws IOException {
    out.writeInt(frame.length);
    out.write(frame);
    out.flush();
  }

  private static Request header(byte[] frame) {
    ByteBuffer buffer = ByteBuffer.wrap(frame);
    short apiKey = buffer.getShort();
    buffer.getShort(); // api version
    buffer.getInt(); // correlation id
    byte[] clientId = new byte[Math.max(0, buffer.getShort())];
    buffer.get(clientId);
    return new Request(apiKey, new String(clientId, StandardCharsets.UTF_8));
  }

  private interface Io {
    void run() throws IOException;
  }

  private static void thread(String name, Io work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (EOFException | SocketException e) {
                LOG.trace("one end closed its connection, and the other was closed with it", e);
              } catch (IOException e) {
                LOG.warn("{} ends", name, e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes no more connections and closes those that are open. */
  @Override
  public void close() {
    try {
      server.close();
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
