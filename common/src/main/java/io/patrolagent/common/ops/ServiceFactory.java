package io.patrolagent.common.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.Env;

/** Builds a service from its configuration. */
public interface ServiceFactory {

  /**
   * Reads all settings, then calls {@link Env#verify()}, then builds; opens nothing that waits for
   * a dependency.
   */
  Service create(Env env, MeterRegistry metrics) throws Exception;
}
