package io.patrolagent.common.stage;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * A TCP proxy that reads the headers of Kafka's requests, so that a test can lose or hold exactly
 * the one it means. The broker has to advertise the proxy's port.
 */
final class KafkaProxy implements AutoCloseable {

  /** Api key of EndTxn, the request that commits or aborts a transaction. */
  static final short END_TXN = 26;

  /** A request as its header tells: api key, and the client id its sender was configured with. */
  record Request(short apiKey, String clientId) {}

  /** What becomes of a request. */
  enum Fate {
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
  static ServerSocket reserve() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static KafkaProxy start(ServerSocket reserved, int brokerPort) {
    KafkaProxy proxy = new KafkaProxy(reserved, brokerPort);
    thread("kafka-proxy", proxy::accept);
    return proxy;
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The first such request meets that fate; the latch falls when it does. */
  CountDownLatch once(Fate fate, Predicate<Request> requests) {
    return apply(new Rule(requests, fate, true));
  }

  /** Nothing that these clients send arrives before {@link #thaw}. */
  CountDownLatch freeze(Predicate<String> clientIds) {
    return apply(new Rule(request -> clientIds.test(request.clientId()), Fate.HOLD, false));
  }

  private CountDownLatch apply(Rule next) {
    if (next.fate == Fate.HOLD && frozen.getCount() == 0) {
      frozen = new CountDownLatch(1); // what is held already stays held
    }
    rule = next;
    return next.met;
  }

  /** What was held goes on its way, and nothing more is held or lost. */
  void thaw() {
    rule = new Rule(request -> false, Fate.PASS, false);
    frozen.countDown();
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Link link =
          new Link(server.accept(), new Socket(InetAddress.getLoopbackAddress(), brokerPort));
      thread("kafka-proxy-requests", link::requests);
      thread("kafka-proxy-answers", link::answers);
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
          CountDownLatch thaw = frozen;
          Fate fate = rule.of(header(frame));
          deaf |= fate == Fate.LOSE_REQUEST || fate == Fate.LOSE_ANSWER;
          if (fate == Fate.HOLD) {
            thaw.await();
          }
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
              } catch (IOException e) {
                // one end closed its connection, and the other was closed with it
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
