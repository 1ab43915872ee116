package io.patrolagent.common.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium with one tab, driven by its DevTools protocol: no driver beside it and no
 * library that brings a browser of its own. Its port is on loopback and its profile is its own.
 */
final class Chromium implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TALLEST = 6_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private int last;

  /** The browser's program, where there is one. */
  static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Chromium(Path program, Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                // the tests' own pages alone are loaded, and a sandbox needs rights that CI lacks
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-extensions",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    await().atMost(PATIENCE).until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
    String address = "http://127.0.0.1:" + Files.readAllLines(port).get(0);
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> tab =
        http.send(
            HttpRequest.newBuilder(URI.create(address + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String url = JSON.readTree(tab.body()).get("webSocketDebuggerUrl").asText();
    socket = http.newWebSocketBuilder().buildAsync(URI.create(url), new Answers()).join();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      ask(domain + ".enable", Map.of());
    }
  }

  /** Loads a file and waits until it has. */
  void load(Path page) {
    events.clear();
    ask("Page.navigate", Map.of("url", page.toUri().toString()));
    await().atMost(PATIENCE).until(() -> happened("Page.loadEventFired"));
  }

  void screen(int width, boolean dark) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    ask(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What an expression comes to in the page. */
  JsonNode value(String expression) {
    JsonNode answer =
        ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").path("value");
  }

  /** The page as a picture, its first {@value #TALLEST} pixels where it is taller. */
  byte[] screenshot(int width) {
    int height = Math.min(TALLEST, value("document.documentElement.scrollHeight").asInt());
    var clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    JsonNode answer =
        ask(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  /** The page on paper, as its own style sheet asks for it. */
  byte[] pdf() {
    JsonNode answer =
        ask("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", false));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  /** The addresses of everything that was asked for since the page was loaded. */
  List<String> requests() {
    return events.stream()
        .filter(e -> e.path("method").asText().equals("Network.requestWillBeSent"))
        .map(e -> e.path("params").path("request").path("url").asText())
        .toList();
  }

  /** What the page's console, or the browser about it, said: errors, refused loads, dialogs. */
  List<String> complaints() {
    return events.stream()
        .filter(
            e ->
                List.of(
                        "Log.entryAdded",
                        "Runtime.exceptionThrown",
                        "Runtime.consoleAPICalled",
                        "Page.javascriptDialogOpening")
                    .contains(e.path("method").asText()))
        .map(JsonNode::toString)
        .toList();
  }

  private boolean happened(String method) {
    return events.stream().anyMatch(e -> e.path("method").asText().equals(method));
  }

  private JsonNode ask(String method, Map<String, ?> params) {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(params));
    socket.sendText(message.toString(), true).join();
    JsonNode reply = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (reply.has("error")) {
      throw new IllegalStateException(method + ": " + reply.get("error"));
    }
    return reply.get("result");
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean whole) {
      message.append(data);
      if (whole) {
        take(message.toString());
        message.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void take(String text) {
      try {
        JsonNode node = JSON.readTree(text);
        CompletableFuture<JsonNode> answer =
            node.has("id") ? asked.remove(node.get("id").asInt()) : null;
        if (answer != null) {
          answer.complete(node);
        } else {
          events.add(node);
        }
      } catch (IOException e) {
        throw new IllegalStateException("the browser sent what is not JSON", e);
      }
    }
  }
}
