package io.patrolagent.systemtests.fault;

import io.patrolagent.common.event.Topics;
import io.patrolagent.systemtests.model.StubModel;
import io.patrolagent.systemtests.process.FleetDatabase;
import java.util.HashMap;
import java.util.Map;

/** What an operator sets for the services of a test; each service is given what it reads. */
final class Variables {

  private final Map<String, String> variables = new HashMap<>();

  /** One partition a topic, one model, and no limit to what is asked for on demand. */
  Variables(Platform platform, Topics topics, StubModel model) {
    set("PATROL_KAFKA_BOOTSTRAP_SERVERS", platform.bootstrapServers());
    set("PATROL_TOPIC_PREFIX", topics.prefix());
    set("PATROL_TOPIC_PARTITIONS", "1");
    set("PATROL_DATABASE_URL", platform.jdbcUrl());
    set("PATROL_LLM_PROVIDERS", "openai");
    set("OPENAI_API_KEY", "sk-of-the-fault-tests");
    set("OPENAI_BASE_URL", model.baseUrl());
    set("PATROL_ON_DEMAND_QUEUE", "100000");
    set("PATROL_ON_DEMAND_PER_HOUR", "100000");
  }

  void set(String variable, String value) {
    variables.put(variable, value);
  }

  void unset(String variable) {
    variables.remove(variable);
  }

  /** Those that the module reads. */
  Map<String, String> of(String module) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATROL_DATABASE_USER", FleetDatabase.roleOf(module));
    if (!module.equals("agent-runner")) {
      environment.keySet().removeIf(key -> key.contains("OPENAI") || key.contains("_LLM_"));
      environment.keySet().removeIf(key -> key.startsWith("PATROL_AGENT_"));
    }
    if (!module.equals("aggregator")) {
      environment.keySet().removeIf(key -> key.startsWith("PATROL_ON_DEMAND_"));
    }
    return environment;
  }
}
