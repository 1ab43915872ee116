package io.patrolagent.common.stage;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.ops.Logging;
import io.patrolagent.common.ops.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The threads beside the poll loop: they make partitions' producers, work on records and commit
 * what comes of them.
 */
final class StageWorkers implements PollLoop.Workers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageWorkers.class);
  private static final int COMMIT_ATTEMPTS = 5;
  private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(2);
  private static final int ADMIN_TIMEOUT_SECONDS = 10;

  /** Waits between attempts to make a producer while the broker does not let us. */
  private static final RetryPolicy CLAIM_RETRIES =
      new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(5));

  private final StageOptions options;
  private final String clientId;
  private final KafkaSettings kafka;
  private final RecordProcessor<?> processor;
  private final Membership membership;
  private final Telemetry telemetry;
  private final StageMetrics metrics;
  private final Consumer<Throwable> onBug;
  private final Admin admin;
  private final ExecutorService claims;
  private final ExecutorService jobs;
  private volatile PollLoop loop;
  private volatile @Nullable StageLag lag;

  @SuppressWarnings("NullAway.Init") // the loop and its workers know each other; see drives()
  StageWorkers(
      StageOptions options,
      String clientId,
      KafkaSettings kafka,
      RecordProcessor<?> processor,
      Membership membership,
      Telemetry telemetry,
      StageMetrics metrics,
      Consumer<Throwable> onBug) {
    this.options = options;
    this.clientId = clientId;
    this.kafka = kafka;
    this.processor = processor;
    this.membership = membership;
    this.telemetry = telemetry;
    this.metrics = metrics;
    this.onBug = onBug;
    this.admin = Admin.create(kafka.forAdmin());
    this.claims = Executors.newCachedThreadPool(threads(options.stage() + "-claim"));
    this.jobs =
        Executors.newFixedThreadPool(options.concurrency(), threads(options.stage() + "-job"));
  }

  /** The loop to answer to; before it runs. */
  void answerTo(PollLoop pollLoop) {
    this.loop = pollLoop;
  }

  /** Begins to look how far behind the stage is. */
  void measureLag() {
    StageLag measured = new StageLag(options, loop.positions(), admin, telemetry.meters());
    lag = measured;
    measured.start();
  }

  @Override
  public void claim(OwnedPartition partition) {
    claims.execute(
        () -> {
          try {
            claimUntilOwnedOrLost(partition);
          } catch (InterruptedException | InterruptException e) {
            LOG.debug("claiming {} was interrupted: the stage ends", partition.partition());
          }
        });
  }

  private void claimUntilOwnedOrLost(OwnedPartition partition) throws InterruptedException {
    for (int failures = 0; partition.isOwned(); ) {
      try {
        if (claimOnce(partition)) {
          loop.claimed(partition);
        }
        return;
      } catch (InterruptException e) {
        throw e; // a KafkaException too, but it is the stage that ends
      } catch (KafkaException | TimeoutException | ExecutionException e) {
        partition.claimFailed(e);
        Duration wait = CLAIM_RETRIES.waitAfter(++failures);
        LOG.warn(
            "{} cannot take over {} and tries again in {} ms: {}",
            options.stage(),
            partition.partition(),
            wait.toMillis(),
            e.getMessage());
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      }
    }
  }

  /** Fences, and reads what former owners left only then: no more can follow. */
  private boolean claimOnce(OwnedPartition partition)
      throws InterruptedException, ExecutionException, TimeoutException {
    PartitionProducer producer =
        PartitionProducer.fencing(
            kafka.forProducer(),
            clientId + "-" + partition.partition(),
            transactionalId(partition),
            options.commitTimeout());
    boolean claimed = false;
    try {
      claimed =
          partition.claimed(producer, topicId(partition.partition().topic()), journal(partition));
      return claimed;
    } finally {
      if (!claimed) {
        producer.close();
      }
    }
  }

  /** The journal's partition of the same number. */
  private @Nullable PartitionJournal journal(OwnedPartition partition)
      throws InterruptedException, ExecutionException, TimeoutException {
    String topic = options.journalTopic();
    return topic == null
        ? null
        : PartitionJournal.read(
            kafka.forConsumer(),
            admin,
            new TopicPartition(topic, partition.partition().partition()),
            partition::isOwned);
  }

  private String transactionalId(OwnedPartition partition) {
    return options.group() + "-" + partition.partition();
  }

  private String topicId(String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    var descriptions =
        admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return descriptions.values().iterator().next().topicId().toString();
  }

  @Override
  public void work(OwnedPartition partition, RecordJob job) {
    metrics.begun(job);
    jobs.execute(
        () -> {
          if (!job.begin()) {
            metrics.over(job);
            return;
          }
          MDC.put(Logging.PARTITION, partition.partition().toString());
          MDC.put(Logging.OFFSET, Long.toString(job.source().offset()));
          boolean committed = false;
          try (RecordSpan span = RecordSpan.begin(telemetry.tracing(), options, job.source())) {
            MDC.put(Logging.TRACE_ID, span.traceId());
            committed = processAndCommit(partition, job, span);
          } catch (JournalNotWrittenException e) {
            LOG.warn("{} is begun again: {}", job.source().coordinates(), e.getMessage(), e);
          } catch (InterruptedException e) {
            LOG.info("{} was stopped and will be delivered again", job.source().coordinates());
          } catch (RuntimeException | Error e) {
            LOG.error("{} met a bug", job.source().coordinates(), e);
            onBug.accept(e);
          } finally {
            MDC.clear();
            metrics.over(job);
            job.end();
            loop.finished(partition, committed);
          }
        });
  }

  /** Whether the record's end is committed; if not, it will be delivered again. */
  private boolean processAndCommit(OwnedPartition partition, RecordJob job, RecordSpan span)
      throws InterruptedException, JournalNotWrittenException {
    long started = System.nanoTime();
    Publication publication = span.carriedBy(processor.process(job));
    for (int attempt = 1; attempt <= COMMIT_ATTEMPTS; attempt++) {
      CommitResult result =
          partition.commit(records(publication, partition), job.source().offset() + 1);
      metrics.commit(result);
      if (result instanceof CommitResult.Committed) {
        PartitionJournal journal = partition.journal();
        if (journal != null) {
          publication.journalEnd().ifPresent(journal::end);
        }
        metrics.ended(publication.ending(), Duration.ofNanos(System.nanoTime() - started));
        span.committed(publication.ending());
        follow(partition, job, publication);
        return true;
      } else if (result instanceof CommitResult.Rejected rejected) {
        publication = span.carriedBy(processor.rejected(job, rejected.cause()));
      } else if (result instanceof CommitResult.Aborted aborted) {
        LOG.info("{} commits again: {}", job.source().coordinates(), aborted.cause().getMessage());
        job.checkpoint();
        membership.awaitRefresh(REFRESH_TIMEOUT); // a rebalance may have moved the member's epoch
      } else if (result instanceof CommitResult.Unknown unknown) {
        LOG.warn(
            "{} reads the committed offset again, its commit ended with: {}",
            job.source().coordinates(),
            unknown.cause().toString());
        partition.doubt(new DoubtfulCommit(job, publication));
        return false;
      } else {
        LOG.info("{} is no longer ours to commit", job.source().coordinates());
        return false;
      }
    }
    return false;
  }

  private void follow(OwnedPartition partition, RecordJob job, Publication publication) {
    try {
      processor.follow(job, publication, partition::isOwned);
    } catch (InterruptedException e) {
      LOG.info("{} is committed, but was stopped before what follows", job.source().coordinates());
      Thread.currentThread().interrupt();
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> records(
      Publication publication, OwnedPartition partition) {
    PartitionJournal journal = partition.journal();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(publication.records());
    if (journal != null) {
      publication.journalEnd().map(journal::record).ifPresent(records::add);
    }
    return records;
  }

  @Override
  public void positioned(OwnedPartition partition, long committed) {
    DoubtfulCommit doubtful = partition.takeDoubtful();
    if (doubtful == null || !doubtful.happened(committed)) {
      return;
    }
    jobs.execute(() -> follow(partition, doubtful.job(), doubtful.publication()));
  }

  @Override
  public void close() {
    claims.shutdownNow();
    jobs.shutdownNow();
    StageLag measured = lag;
    if (measured != null) {
      measured.close();
    }
    admin.close(Duration.ZERO);
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
