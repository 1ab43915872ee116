package io.patrolagent.reportsink.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;

/** How many patrols are overdue, of the tasks that this process has at present. Thread-safe. */
final class OverdueCount {

  private final Map<TaskId, Integer> byTask = new ConcurrentHashMap<>();

  OverdueCount(MeterRegistry meters) {
    Gauge.builder("patrol.status.overdue", this, OverdueCount::total)
        .description("Patrols that passed due_at, or without one expires_at, and have not ended")
        .register(meters);
  }

  void set(TaskId task, int overdue) {
    byTask.put(task, overdue);
  }

  void forget(TaskId task) {
    byTask.remove(task);
  }

  private int total() {
    return byTask.values().stream().mapToInt(Integer::intValue).sum();
  }
}
