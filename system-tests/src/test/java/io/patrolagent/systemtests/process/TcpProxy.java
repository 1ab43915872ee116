package io.patrolagent.systemtests.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A network between a client and a server of whatever protocol, which a test can slow down, cut,
 * and make lose what is on its way while both ends believe that they are connected. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

  /** What becomes of bytes on their way. */
  private enum Way {
    OPEN,
    ANSWERS_LOST,
    BOTH_LOST
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Way way = Way.OPEN;
  private volatile Duration latency = Duration.ZERO;
  private volatile Trap trap = new Trap("", new CountDownLatch(0));

  /** The words of a request from which on answers are lost; the latch falls when it comes. */
  private record Trap(String words, CountDownLatch sprung) {

    boolean catches(byte[] buffer, int length) {
      return sprung.getCount() > 0 && new String(buffer, 0, length, ISO_8859_1).contains(words);
    }
  }

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** To that port of the loopback interface, where nobody has to listen yet. */
  public static TcpProxy to(int port) throws IOException {
    TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    thread(proxy::accept);
    return proxy;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Everything takes that much longer each way; zero is as fast as it goes. */
  public void delay(Duration each) {
    latency = each;
  }

  /** From now on the server gets what it is sent, and its clients hear nothing of it. */
  public void loseAnswers() {
    way = Way.ANSWERS_LOST;
  }

  /** The same from the next request on that has these words; the latch falls when it comes. */
  public CountDownLatch loseAnswersFrom(String words) {
    Trap next = new Trap(words, new CountDownLatch(1));
    trap = next;
    return next.sprung();
  }

  /** From now on nothing arrives at either end, and neither is told: half-open connections. */
  public void loseEverything() {
    way = Way.BOTH_LOST;
  }

  /** What is sent from now on arrives; what was lost stays lost. */
  public void heal() {
    way = Way.OPEN;
    latency = Duration.ZERO;
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
      Socket upstream = new Socket();
      try {
        upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
      } catch (IOException refused) {
        client.close();
        continue;
      }
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(upstream);
      thread(() -> carry(client, upstream, false));
      thread(() -> carry(upstream, client, true));
    }
  }

  private void carry(Socket from, Socket to, boolean answers) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        TimeUnit.MILLISECONDS.sleep(latency.toMillis());
        if (!answers && trap.catches(buffer, read)) {
          loseAnswers();
          trap.sprung().countDown();
        }
        if (way == Way.OPEN || (way == Way.ANSWERS_LOST && !answers)) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private interface Io {
    void run() throws IOException;
  }

  private static void thread(Io work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                return; // one end is gone, and the other was closed with it
              }
            },
            "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes no more connections and closes those that are open. */
  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
