package io.patrolagent.standalone.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.agentrunner.AgentRunnerService;
import io.patrolagent.aggregator.AggregatorService;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.ops.Service;
import io.patrolagent.reportsink.ReportSinkService;
import io.patrolagent.scheduler.SchedulerService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Aggregator, agent-runner, report-sink and, if wanted, the scheduler in one JVM, each built as its
 * own process would build it and joined by Kafka alone.
 */
public final class Pipeline implements Service {

  private final List<Service> services;

  private Pipeline(List<Service> services) {
    this.services = services;
  }

  /** The stages and the scheduler that triggers their patrols; otherwise as {@link #of}. */
  public static Pipeline withSchedule(
      Map<String, String> variables, DatabaseSettings reader, MeterRegistry meters) {
    List<Service> services = new ArrayList<>(of(variables, reader, meters).services);
    services.add(SchedulerService.create(Env.of(variables), meters));
    return new Pipeline(List.copyOf(services));
  }

  /**
   * Builds the stages from the same variables, save that the agent-runner logs in as the reader.
   *
   * @throws io.patrolagent.common.config.ConfigurationException naming everything that is wrong
   */
  public static Pipeline of(
      Map<String, String> variables, DatabaseSettings reader, MeterRegistry meters) {
    Map<String, String> reading = new HashMap<>(variables);
    reading.put(Setting.DATABASE_USER.variable(), reader.user());
    reading.remove(Setting.DATABASE_PASSWORD.variable() + "_FILE");
    reading.remove(Setting.DATABASE_PASSWORD.variable());
    if (!reader.password().isEmpty()) {
      reading.put(Setting.DATABASE_PASSWORD.variable(), reader.password().value());
    }
    return new Pipeline(
        List.of(
            ReportSinkService.create(Env.of(variables), meters),
            AgentRunnerService.create(Env.of(reading), meters),
            AggregatorService.create(Env.of(variables), meters)));
  }

  @Override
  public void contribute(Health health) {
    services.forEach(service -> service.contribute(health));
  }

  @Override
  public void start() throws Exception {
    for (Service service : services) {
      service.start();
    }
  }

  /** Ends the stages side by side, so that all of them together take no longer than one. */
  @Override
  public void close() throws Exception {
    Deque<Thread> closing = new ArrayDeque<>();
    List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
    for (Service service : services) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  service.close();
                } catch (Exception e) {
                  failures.add(e);
                }
              },
              "close-" + service.getClass().getSimpleName());
      thread.start();
      closing.push(thread);
    }
    for (Thread thread : closing) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}
