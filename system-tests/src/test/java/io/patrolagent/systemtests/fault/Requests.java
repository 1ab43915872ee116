package io.patrolagent.systemtests.fault;

import io.patrolagent.embedded.KafkaProxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which of the requests to the broker a fault is about. */
final class Requests {

  private Requests() {}

  /** Commits by the producers that a stage has for its partitions. */
  static Predicate<KafkaProxy.Request> endTxnOf(String stage) {
    return request ->
        request.apiKey() == KafkaProxy.END_TXN && request.clientId().startsWith(stage);
  }

  /** The n-th of these alone, n from 1. */
  static Predicate<KafkaProxy.Request> nth(int n, Predicate<KafkaProxy.Request> which) {
    AtomicInteger seen = new AtomicInteger();
    return request -> which.test(request) && seen.incrementAndGet() == n;
  }
}
