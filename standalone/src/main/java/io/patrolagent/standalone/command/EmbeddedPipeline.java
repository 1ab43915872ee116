package io.patrolagent.standalone.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.ops.Metrics;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.standalone.pipeline.Pipeline;
import io.patrolagent.standalone.pipeline.Platform;
import io.patrolagent.standalone.pipeline.ReaderRole;
import io.patrolagent.standalone.progress.Progress;
import java.util.Map;

/** The stages on whatever part of their platform had to be embedded, started and ended together. */
record EmbeddedPipeline(
    Platform platform, Metrics metrics, Pipeline pipeline, Map<String, String> variables)
    implements AutoCloseable {

  /** Builds the stages, with or without what triggers them by schedule. */
  interface Stages {
    Pipeline of(Map<String, String> variables, DatabaseSettings reader, MeterRegistry meters);
  }

  static EmbeddedPipeline start(
      Map<String, String> given, Platform.Options options, Stages stages, Progress progress)
      throws Exception {
    Platform platform = Platform.start(given, options, progress);
    Metrics metrics = new Metrics("patrol");
    try {
      progress.phase("starting the stages");
      Map<String, String> variables = platform.variables(given);
      Env env = Env.of(variables);
      KafkaSettings kafka = KafkaSettings.from(env);
      TopicSettings topics = TopicSettings.from(env);
      DatabaseSettings owner = DatabaseSettings.from(env);
      env.verify();
      new TopicProvisioner(kafka, topics).run();
      DatabaseSettings reader = ReaderRole.ensure(env, owner);
      Pipeline pipeline = stages.of(variables, reader, metrics.registry());
      pipeline.start();
      return new EmbeddedPipeline(platform, metrics, pipeline, variables);
    } catch (Exception e) {
      metrics.close();
      platform.close();
      throw e;
    }
  }

  @Override
  public void close() throws Exception {
    try {
      pipeline.close();
    } finally {
      metrics.close();
      platform.close();
    }
  }
}
