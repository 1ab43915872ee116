package io.patrolagent.common.client;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Triggers patrols, hands out their reports and tells where they are. Holds one producer;
 * thread-safe.
 *
 * <pre>{@code
 * try (PatrolClient patrols = PatrolClient.connect("localhost:9092")) {
 *   ReportFinished finished = patrols.runPatrol(ReportType.ON_DEMAND, "alice");
 *   System.out.println(finished.reportId() + " " + finished.report().fleetNarrative());
 * }
 * }</pre>
 *
 * <p>What fails for want of a broker or a topic throws {@link PatrolClientException}.
 */
public final class PatrolClient implements AutoCloseable {

  /** How long a patrol is waited for unless the caller says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

  private static final Duration LOOK_BACK = Duration.ofHours(25);
  private static final String STAGE = "trigger";
  private static final int SEND_TIMEOUT_MS = 30_000;

  private final KafkaSettings kafka;
  private final Topics topics;
  private final PatrolStatuses statuses;
  private final KafkaProducer<byte[], byte[]> producer;

  public PatrolClient(KafkaSettings kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
    this.statuses = new PatrolStatuses(kafka, topics);
    Map<String, Object> config = new HashMap<>(kafka.forProducer());
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, SEND_TIMEOUT_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SEND_TIMEOUT_MS);
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A client of these brokers, without topic prefix, encryption or login. */
  public static PatrolClient connect(String bootstrapServers) {
    return new PatrolClient(KafkaSettings.of(bootstrapServers), Topics.DEFAULT);
  }

  /** Asks for a patrol of the whole fleet and returns its id once the broker has the trigger. */
  public PatrolId trigger(ReportType reportType, String triggeredBy) throws InterruptedException {
    return trigger(PatrolRequested.of(reportType, triggeredBy));
  }

  /** Asks for a patrol and returns its id, which the trigger must carry. */
  public PatrolId trigger(PatrolRequested trigger) throws InterruptedException {
    PatrolId patrol = Event.required("patrol.requested", "patrol_id", trigger.patrolId());
    send(trigger, "the trigger of patrol " + patrol);
    return patrol;
  }

  /**
   * Asks for a patrol's end, and returns once the broker has the request. The patrol ends {@code
   * cancelled} at its next step, unless it has ended by then; whoever shares it gets no report
   * either.
   */
  public void cancel(PatrolId patrol, String requestedBy) throws InterruptedException {
    send(
        new CancelRequested(Event.SCHEMA_VERSION, patrol, requestedBy, Instant.now()),
        "the cancellation of patrol " + patrol);
  }

  private void send(Event event, String what) throws InterruptedException {
    try {
      producer
          .send(TraceParent.on(EventRecord.of(topics, event, STAGE)))
          .get(SEND_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw notTaken(event, what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw notTaken(event, what, e);
    }
  }

  private PatrolClientException notTaken(Event event, String what, Throwable cause) {
    return new PatrolClientException(
        "%s did not reach topic %s at %s: %s"
            .formatted(what, topics.topicOf(event), kafka.bootstrapServers(), cause.getMessage()),
        cause);
  }

  /**
   * Asks for a patrol of the whole fleet and waits for its report.
   *
   * @throws TimeoutException if it has not ended within {@link #DEFAULT_TIMEOUT}; it goes on
   */
  public ReportFinished runPatrol(ReportType reportType, String triggeredBy)
      throws TimeoutException, InterruptedException {
    return runPatrol(PatrolRequested.of(reportType, triggeredBy), DEFAULT_TIMEOUT);
  }

  /**
   * Asks for a patrol and waits for its end, which may be {@code failed}. Where another patrol
   * answers the same request it is that one's end, and its {@code patrol_id} says so.
   *
   * @throws TimeoutException if it has not ended in time; it goes on nevertheless
   */
  public ReportFinished runPatrol(PatrolRequested trigger, Duration timeout)
      throws TimeoutException, InterruptedException {
    try (FinishedReports reports = FinishedReports.fromNow(kafka, topics)) {
      Instant deadline = Instant.now().plus(timeout);
      ReportFinished end = reports.await(trigger(trigger), timeout);
      for (PatrolId other; (other = end.report().sharedWith()) != null; ) {
        end = awaitEnd(other, Duration.between(Instant.now(), deadline));
      }
      return end;
    }
  }

  /**
   * Waits for a patrol's end, which may have come up to a day and an hour ago: as long as a patrol
   * may be shared after that.
   *
   * @throws TimeoutException if it has not ended in time, or longer ago
   */
  public ReportFinished awaitEnd(PatrolId patrol, Duration timeout) throws TimeoutException {
    try (FinishedReports reports =
        FinishedReports.since(kafka, topics, Instant.now().minus(LOOK_BACK))) {
      return reports.await(patrol, timeout);
    }
  }

  /**
   * Hands every report that finishes from now on to the handler, on a thread of the subscription,
   * until that is closed. For what shows reports: each subscription gets all of them, and none that
   * finished while it was away.
   */
  public Subscription subscribe(ReportHandler handler) {
    return Subscription.start(FinishedReports.fromNow(kafka, topics), handler);
  }

  /**
   * Hands every report to one member of the group, at least once and across restarts; a new group
   * begins with the reports that finish from now on. For what passes reports on.
   */
  public Subscription subscribe(String group, ReportHandler handler) {
    return Subscription.start(FinishedReports.ofGroup(kafka, topics, group), handler);
  }

  /** Where a patrol is; empty if nothing is known of it, or not yet. */
  public Optional<PatrolStatus> status(PatrolId patrol) throws InterruptedException {
    return Optional.ofNullable(statuses.latest().get(patrol));
  }

  /**
   * Where every patrol is of the last 30 days, in no order. Reads {@code patrol.status}, some
   * hundred bytes a patrol, from its beginning.
   */
  public List<PatrolStatus> statuses() throws InterruptedException {
    return List.copyOf(statuses.latest().values());
  }

  /**
   * Hands every patrol's statuses to the handler, each partition's in their order, at least once,
   * on a thread of its own, until it is closed.
   *
   * @param from the earliest by the broker's time; null begins with what is known of every patrol
   */
  public TopicTail followStatuses(@Nullable Instant from, Consumer<PatrolStatus> handler) {
    return statuses.follow(from, handler);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
