package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.model.StubModel;
import io.patrolagent.systemtests.process.ServiceProcess;
import io.patrolagent.systemtests.sabotage.Sabotage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one test, on topics of its own, with a model of its own; the patrols that it
 * asked for, and what must be true of them in the end.
 */
final class Pipeline implements AutoCloseable {

  /** How soon a patrol ends that nothing disturbs, on a machine that is busy with other tests. */
  static final Duration UNDISTURBED = Duration.ofSeconds(30);

  static final List<String> STAGES = List.of("aggregator", "agent-runner", "report-sink");

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Platform platform;
  private final Topics topics =
      new Topics("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
  private final StubModel model = StubModel.start();
  private final PatrolClient client;
  private final Ledger ledger;
  private final List<ServiceProcess> services = new ArrayList<>();
  private final Map<PatrolId, Integer> allowedCalls =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Variables variables;

  Pipeline(Platform platform) throws Exception {
    this.platform = platform;
    this.client = new PatrolClient(KafkaSettings.of(platform.bootstrapServers()), topics);
    this.ledger = new Ledger(platform, topics);
    this.variables = new Variables(platform, topics, model);
  }

  /** Sets a variable of the services that are started from now on; one is read by some only. */
  Pipeline with(String variable, String value) {
    variables.set(variable, value);
    return this;
  }

  /** Takes it back for the services that are started from now on. */
  void without(String variable) {
    variables.unset(variable);
  }

  Topics topics() {
    return topics;
  }

  StubModel model() {
    return model;
  }

  Ledger ledger() {
    return ledger;
  }

  /** One of each stage, ready. */
  void startAll() throws Exception {
    for (String stage : STAGES) {
      launch(stage);
    }
    awaitReady();
  }

  /** One more of that module, ready. */
  ServiceProcess start(String module) throws Exception {
    ServiceProcess started = launch(module);
    awaitReady(started);
    return started;
  }

  /** One more, not waited for. */
  ServiceProcess launch(String module) throws Exception {
    return launch(module, List.of());
  }

  /** The same with more options for its JVM. */
  ServiceProcess launch(String module, List<String> jvmOptions) throws Exception {
    List<String> options = new ArrayList<>(Sabotage.jvmOptions());
    options.addAll(jvmOptions);
    ServiceProcess started = ServiceProcess.startWith(options, module, environmentOf(module));
    services.add(started);
    return started;
  }

  /** What an operator sets for that module. */
  Map<String, String> environmentOf(String module) {
    return variables.of(module);
  }

  /** Waits for all that live. */
  void awaitReady() {
    services.stream().filter(ServiceProcess::isAlive).forEach(Pipeline::awaitReady);
  }

  static void awaitReady(ServiceProcess service) {
    await()
        .alias(service.module() + " is ready")
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(service::isReady);
  }

  /** The one of that module that was started last. */
  ServiceProcess service(String module) {
    return services.stream()
        .filter(service -> service.module().equals(module))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** All that were started, the dead among them. */
  List<ServiceProcess> services() {
    return services;
  }

  /** Asks for a patrol on demand; its focus is its id, so that the model's calls tell it. */
  PatrolId trigger() throws InterruptedException {
    return trigger(ReportType.ON_DEMAND);
  }

  PatrolId trigger(ReportType type) throws InterruptedException {
    return trigger(PatrolId.random(), type);
  }

  /** Asks for the patrol on demand of that id, be it once more. */
  PatrolId trigger(PatrolId patrol) throws InterruptedException {
    return trigger(patrol, ReportType.ON_DEMAND);
  }

  PatrolId trigger(PatrolId patrol, ReportType type) throws InterruptedException {
    return trigger(
        new PatrolRequested(
            1, patrol, type, "a fault test", null, patrol.toString(), null, null, null, null));
  }

  /** As whoever triggers has to: the same again, until the broker says that it has it. */
  PatrolId triggerUntilAccepted(ReportType type) throws InterruptedException {
    PatrolId patrol = PatrolId.random();
    while (true) {
      try {
        return trigger(patrol, type);
      } catch (RuntimeException e) {
        LOG.info("patrol {} is triggered again: {}", patrol, e.getMessage());
      }
    }
  }

  /** The same trigger once more, which is to change nothing. */
  void triggerAgain(PatrolId patrol) throws InterruptedException {
    trigger(patrol, ReportType.MORNING);
  }

  /** Asks for one on demand whose events go to that partition of so many. */
  PatrolId triggerOn(int partition, int partitions) throws InterruptedException {
    return trigger(Partitions.idOn(partition, partitions), ReportType.ON_DEMAND);
  }

  PatrolId trigger(PatrolRequested requested) throws InterruptedException {
    PatrolId patrol = client.trigger(requested);
    allowedCalls.putIfAbsent(patrol, StubModel.ROUNDS);
    return patrol;
  }

  /** A patrol that a test began in another way, and that may cost so many model calls. */
  void expect(PatrolId patrol, int calls) {
    allowedCalls.put(patrol, calls);
  }

  /** Asks with that JSON, which names no patrol id; returns the one that it is given. */
  PatrolId triggerBare(String json) throws Exception {
    PatrolId patrol = new BareTriggers(platform, topics).send(json, ledger.admin());
    expect(patrol, StubModel.ROUNDS);
    return patrol;
  }

  /** Asks for all of these at once. */
  void triggerAtOnce(ReportType type, Collection<PatrolId> patrols) throws Exception {
    patrols.forEach(patrol -> expect(patrol, StubModel.ROUNDS));
    new BareTriggers(platform, topics).sendAtOnce(type, patrols);
  }

  /** All that were asked for. */
  Collection<PatrolId> patrols() {
    synchronized (allowedCalls) {
      return List.copyOf(allowedCalls.keySet());
    }
  }

  /** Something interrupted that patrol where a model call may be under way. */
  void interrupted(PatrolId patrol) {
    allowedCalls.merge(patrol, 1, Integer::sum);
  }

  /** The same for all of which no end is seen. */
  void interruptedAllThatRun() {
    Set<PatrolId> ended = ledger.seenEnded();
    patrols().stream().filter(patrol -> !ended.contains(patrol)).forEach(this::interrupted);
  }

  /** Model calls of a patrol. */
  List<Integer> calls(PatrolId patrol) {
    return model.roundsOf(patrol.toString());
  }

  /**
   * Waits for every patrol to end, proves that each ended once, and that one more goes through
   * undisturbed. The time until the patrols had ended is the recovery's.
   *
   * @param fault as the figures name it
   */
  void recovers(String fault, Duration bound) throws Exception {
    long begin = System.nanoTime();
    ledger.awaitEnded(patrols(), bound);
    Duration recovery = Duration.ofNanos(System.nanoTime() - begin);
    verify();
    progresses();
    Figures.record(fault, recovery, this);
  }

  /** A patrol that nothing disturbs ends within its bound. */
  void progresses() throws Exception {
    PatrolId undisturbed = trigger();
    ledger.awaitEnded(List.of(undisturbed), UNDISTURBED);
    verify();
  }

  /** Each patrol has one row and one visible event of it, and cost no more than it may. */
  void verify() throws Exception {
    ledger.verifyEndedOnce(patrols());
    allowedCalls.forEach(
        (patrol, allowed) ->
            assertThat(calls(patrol))
                .as("model calls of patrol %s", patrol)
                .hasSizeLessThanOrEqualTo(allowed));
    assertThat(services)
        .filteredOn(service -> service.hasLogged("met a bug") || service.hasLogged("has died"))
        .as("services whose stage has died, unnoticed since others took over")
        .extracting(ServiceProcess::log)
        .isEmpty();
  }

  /** Calls beyond what undisturbed patrols take. */
  int repeatedCalls() {
    return patrols().stream()
        .mapToInt(patrol -> Math.max(0, calls(patrol).size() - StubModel.ROUNDS))
        .sum();
  }

  @Override
  public void close() throws Exception {
    services.forEach(ServiceProcess::close);
    client.close();
    ledger.close();
    model.close();
  }
}
