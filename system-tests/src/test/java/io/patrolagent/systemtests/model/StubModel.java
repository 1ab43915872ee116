package io.patrolagent.systemtests.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks OpenAI's chat completions: two rounds of tool calls, then a report. It
 * counts what it is asked, holds an answer back where a test wants to act just then, and answers
 * something else where it is told to. Thread-safe.
 */
public final class StubModel implements AutoCloseable {

  /** Model calls of a patrol that nothing disturbs. */
  public static final int ROUNDS = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FOCUS = Pattern.compile("\"focus\"\\s*:\\s*\"([^\"]*)\"");

  /** A report that has every section. */
  public static final String REPORT =
      """
      ## FLEET_NARRATIVE

      All 3 active clusters are well.

      ## FLAGGED_CLUSTERS

      []

      ## PREDICTIONS

      - [Low] Nothing points forward.

      ## CUSTOMER_SUMMARIES

      None.

      ## RECOMMENDED_ACTIONS

      - [This Week] Go on watching.
      """;

  private final List<ModelCall> calls = new CopyOnWriteArrayList<>();
  private final List<Rule<Hold>> holds = new CopyOnWriteArrayList<>();
  private final List<Rule<Reply>> replies = new CopyOnWriteArrayList<>();
  private final List<Rule<Runnable>> afterAnswers = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final HttpServer server;
  private volatile Duration thinking = Duration.ZERO;

  /** What the first call that it is meant for meets, or every one. */
  private record Rule<T>(Predicate<ModelCall> calls, T what, boolean always) {

    static <T> T take(List<Rule<T>> rules, ModelCall call) {
      for (Rule<T> rule : rules) {
        if (rule.calls().test(call) && (rule.always() || rules.remove(rule))) {
          return rule.what();
        }
      }
      return null;
    }
  }

  private StubModel(HttpServer server) {
    this.server = server;
  }

  public static StubModel start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StubModel stub = new StubModel(server);
    server.createContext("/v1/chat/completions", stub::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stub-model");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
    return stub;
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What it was asked, in the order in which it came. */
  public List<ModelCall> calls() {
    return calls;
  }

  /** What it was asked for the patrol of that focus. */
  public List<Integer> roundsOf(String focus) {
    return calls.stream().filter(call -> call.focus().equals(focus)).map(ModelCall::round).toList();
  }

  /** The time between two of that patrol's calls, which count from 0. */
  public Duration between(String focus, int earlier, int later) {
    List<ModelCall> all = calls.stream().filter(call -> call.focus().equals(focus)).toList();
    return Duration.between(all.get(earlier).at(), all.get(later).at());
  }

  /** The round of each call, of whatever patrol. */
  public List<Integer> rounds() {
    return calls.stream().map(ModelCall::round).toList();
  }

  /** Calls that have come and are not answered yet. */
  public int underWay() {
    return underWay.get();
  }

  /** The next call of that round gets no answer before it is released. */
  public Hold holdNext(int round) {
    return holdNext(call -> call.round() == round);
  }

  /** The next such call gets no answer before it is released. */
  public Hold holdNext(Predicate<ModelCall> which) {
    Hold hold = new Hold();
    holds.add(new Rule<>(which, hold, false));
    return hold;
  }

  /** The next such calls are answered with these, one each. */
  public void replyNext(Predicate<ModelCall> which, Reply... next) {
    for (Reply reply : next) {
      replies.add(new Rule<>(which, reply, false));
    }
  }

  /** Every such call is answered with this until {@link #behave}. */
  public void replyAlways(Predicate<ModelCall> which, Reply reply) {
    replies.add(new Rule<>(which, reply, true));
  }

  /** Forgets what it was told to reply. */
  public void behave() {
    replies.clear();
  }

  /** From that round on the key is refused. */
  public void refuseFrom(int round) {
    replyAlways(call -> call.round() >= round, Reply.error(401, "invalid_api_key"));
  }

  /** Runs as soon as the first answer of that round has been written. */
  public void afterAnswer(int round, Runnable action) {
    afterAnswers.add(new Rule<>(call -> call.round() == round, action, false));
  }

  /** How long each answer takes from now on. */
  public void think(Duration each) {
    thinking = each;
  }

  private void answer(HttpExchange exchange) throws IOException {
    underWay.incrementAndGet();
    try (exchange) {
      ModelCall call = read(JSON.readTree(exchange.getRequestBody()));
      calls.add(call);
      Hold hold = Rule.take(holds, call);
      if (hold != null) {
        hold.keep();
      }
      TimeUnit.MILLISECONDS.sleep(thinking.toMillis());
      Reply told = Rule.take(replies, call);
      Reply reply = told == null ? usual(call.round()) : told;
      reply.send(exchange);
      exchange.close();
      Runnable action = Rule.take(afterAnswers, call);
      if (action != null) {
        action.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.decrementAndGet();
    }
  }

  private static ModelCall read(JsonNode request) {
    int round = 1;
    String focus = "";
    for (JsonNode message : request.get("messages")) {
      round += message.get("role").asText().equals("assistant") ? 1 : 0;
      Matcher asked = FOCUS.matcher(message.path("content").asText());
      if (focus.isEmpty() && message.get("role").asText().equals("user") && asked.find()) {
        focus = asked.group(1);
      }
    }
    return new ModelCall(focus, round, request.path("model").asText(), Instant.now());
  }

  private static Reply usual(int round) {
    return round < ROUNDS
        ? Reply.toolCall("call-" + round, "query_open_issues", "{\"limit\": " + round + "}")
        : report();
  }

  /** A report that has every section. */
  public static Reply report() {
    return Reply.text(REPORT);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
